/** The hub's tables. A release that wants another form of one makes another table. */
export const SCHEMA = `
  -- A feed's address to which somebody subscribes. "sequence" counts the editions that were made of it.
  CREATE TABLE IF NOT EXISTS topic (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL UNIQUE,
    -- The id of its feed: a union's own.
    feed TEXT NOT NULL,
    sequence INTEGER NOT NULL DEFAULT 0,
    -- The SHA-256 of the newest edition, and when it was made.
    digest TEXT,
    made INTEGER NOT NULL DEFAULT 0,
    -- How many changes there were; the first that no edition has yet, and when the next edition is to be made.
    changes INTEGER NOT NULL DEFAULT 0,
    changed INTEGER,
    due INTEGER,
    -- 1 where an article was taken away that the newest edition may have: it isn't sent any more.
    recalled INTEGER NOT NULL DEFAULT 0,
    -- When to look for subscribers that the newest edition hasn't reached though nothing is known of a failure.
    search INTEGER
  );
  CREATE INDEX IF NOT EXISTS topic_by_due ON topic (due) WHERE due IS NOT NULL;
  CREATE INDEX IF NOT EXISTS topic_by_search ON topic (search) WHERE search IS NOT NULL;

  -- The feeds of which a topic is made: several for a union.
  CREATE TABLE IF NOT EXISTS topic_feed (
    feed TEXT NOT NULL,
    topic INTEGER NOT NULL,
    PRIMARY KEY (feed, topic)
  ) WITHOUT ROWID;

  -- The newest editions of a topic. A row holds at most 2 MB.
  CREATE TABLE IF NOT EXISTS edition (
    topic INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    piece INTEGER NOT NULL,
    content_type TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (topic, sequence, piece)
  );

  CREATE TABLE IF NOT EXISTS subscription (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    topic INTEGER NOT NULL,
    -- The topic as the subscriber spelled it.
    sent_topic TEXT NOT NULL,
    callback TEXT NOT NULL,
    host TEXT NOT NULL,
    secret TEXT,
    -- 1 for a subscriber that fetches the feed again and ignores what it is sent.
    refetches INTEGER NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    -- Rises with each verified request: a delivery by an earlier one doesn't count.
    version INTEGER NOT NULL DEFAULT 1,
    -- The sequence of the newest edition that it got.
    delivered INTEGER NOT NULL,
    -- Failures in a row.
    failures INTEGER NOT NULL DEFAULT 0,
    slow INTEGER NOT NULL DEFAULT 0,
    -- When it is tried again. While an attempt is under way, "begun" is 1, and "due" says when it is made up for.
    due INTEGER,
    begun INTEGER NOT NULL DEFAULT 0,
    -- The number of reports that have counted: a courier that gets no answer reports again, and that doesn't count.
    settled INTEGER NOT NULL DEFAULT 0,
    -- Until when it wants nothing: it said so with Retry-After.
    pause INTEGER,
    -- When it is told once more of an edition that it has: "echo" is 1 while that is under way.
    echo_due INTEGER,
    echo INTEGER NOT NULL DEFAULT 0,
    -- When it said first that it is gone.
    gone INTEGER,
    -- The last success and the last failure; the failure's status, null where there was no answer.
    succeeded INTEGER,
    failed INTEGER,
    status INTEGER,
    UNIQUE (topic, callback)
  );
  CREATE INDEX IF NOT EXISTS subscription_by_host ON subscription (host);
  CREATE INDEX IF NOT EXISTS subscription_by_expires ON subscription (expires);
  CREATE INDEX IF NOT EXISTS subscription_by_due ON subscription (slow, due) WHERE due IS NOT NULL;
  CREATE INDEX IF NOT EXISTS subscription_by_echo ON subscription (echo_due) WHERE echo_due IS NOT NULL;

  -- Requests that wait for their verification, and denials that are to be sent. An id is never given twice.
  CREATE TABLE IF NOT EXISTS intent (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    mode TEXT NOT NULL,
    topic TEXT NOT NULL,
    sent_topic TEXT NOT NULL,
    callback TEXT NOT NULL,
    host TEXT NOT NULL,
    secret TEXT,
    verify_token TEXT,
    lease INTEGER NOT NULL,
    -- The SHA-256 of the address that sent it; empty for what takes no room.
    source TEXT NOT NULL,
    created INTEGER NOT NULL,
    -- Those that have begun.
    attempts INTEGER NOT NULL DEFAULT 0,
    due INTEGER NOT NULL,
    -- 1 while an attempt is under way; "due" says then when it is made up for.
    begun INTEGER NOT NULL DEFAULT 0
  );
  CREATE INDEX IF NOT EXISTS intent_by_callback ON intent (callback, topic, mode);
  CREATE INDEX IF NOT EXISTS intent_by_due ON intent (due);
  CREATE INDEX IF NOT EXISTS intent_by_attempts ON intent (attempts, due);
  CREATE INDEX IF NOT EXISTS intent_by_source ON intent (source);
  CREATE INDEX IF NOT EXISTS intent_by_host ON intent (host);

  CREATE TABLE IF NOT EXISTS blocked_host (host TEXT PRIMARY KEY, since INTEGER NOT NULL) WITHOUT ROWID;

  -- Tells this storage from that of an earlier hub; and when it was tidied up last.
  CREATE TABLE IF NOT EXISTS life (epoch TEXT NOT NULL, tidied INTEGER NOT NULL DEFAULT 0);
  INSERT INTO life (epoch) SELECT lower(hex(randomblob(8))) WHERE NOT EXISTS (SELECT 1 FROM life);

  -- An address of the newsroom's own systems, or of a partner's, that is told of events.
  CREATE TABLE IF NOT EXISTS webhook (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    -- As JSON: ["published"], ["politics"]; null stands for all sections.
    events TEXT NOT NULL,
    sections TEXT,
    format TEXT NOT NULL,
    created INTEGER NOT NULL,
    -- Failures in a row.
    failures INTEGER NOT NULL DEFAULT 0,
    slow INTEGER NOT NULL DEFAULT 0,
    -- While it is slow: nothing begins before that.
    probe INTEGER,
    -- Since when no delivery came through; since when nothing is sent.
    failing INTEGER,
    paused INTEGER,
    succeeded INTEGER,
    failed INTEGER
  ) WITHOUT ROWID;
  -- All ids that webhooks ever had: none is given twice, so that the audit stays clear.
  CREATE TABLE IF NOT EXISTS webhook_id (id TEXT PRIMARY KEY) WITHOUT ROWID;
  -- A secret that was replaced still signs, beside the new one, until it expires.
  CREATE TABLE IF NOT EXISTS webhook_secret (
    webhook TEXT NOT NULL,
    secret TEXT NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER,
    PRIMARY KEY (webhook, secret)
  ) WITHOUT ROWID;

  -- What happened to articles. "number" is their order, "length" that of the record in UTF-16 units.
  CREATE TABLE IF NOT EXISTS event (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    instant INTEGER NOT NULL,
    kind TEXT NOT NULL,
    article TEXT NOT NULL,
    length INTEGER NOT NULL
  );
  CREATE INDEX IF NOT EXISTS event_by_article ON event (article);
  CREATE INDEX IF NOT EXISTS event_by_instant ON event (instant);
  -- The article at an event, as JSON in pieces: a row holds at most 2 MB.
  CREATE TABLE IF NOT EXISTS event_record (
    event INTEGER NOT NULL,
    piece INTEGER NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (event, piece)
  ) WITHOUT ROWID;

  -- An event on its way to a webhook.
  CREATE TABLE IF NOT EXISTS delivery (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    webhook TEXT NOT NULL,
    event INTEGER NOT NULL,
    article TEXT NOT NULL,
    -- waiting, delivered, or failed: given up.
    state TEXT NOT NULL DEFAULT 'waiting',
    attempts INTEGER NOT NULL DEFAULT 0,
    -- When the first attempt failed.
    failing INTEGER,
    -- When it is sent next: null where it does not wait, where an earlier event of the article does, or where the webhook is paused.
    -- While an attempt is under way, "begun" is 1, and "due" says when it is made up for.
    due INTEGER,
    begun INTEGER NOT NULL DEFAULT 0,
    settled INTEGER NOT NULL DEFAULT 0,
    -- Until when the receiver asked for a pause.
    pause INTEGER,
    -- Rises with each redelivery: the outcome of an attempt before it doesn't count.
    version INTEGER NOT NULL DEFAULT 1,
    UNIQUE (webhook, event)
  );
  CREATE INDEX IF NOT EXISTS delivery_waiting ON delivery (webhook, article, id) WHERE state = 'waiting';
  CREATE INDEX IF NOT EXISTS delivery_by_due ON delivery (webhook, due) WHERE due IS NOT NULL;
  CREATE INDEX IF NOT EXISTS delivery_begun ON delivery (webhook) WHERE begun = 1;
  CREATE INDEX IF NOT EXISTS delivery_by_event ON delivery (event);

  -- The log of all attempts: an event is pruned before the last of its attempts.
  CREATE TABLE IF NOT EXISTS attempt (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    webhook TEXT NOT NULL,
    event TEXT NOT NULL,
    kind TEXT NOT NULL,
    article TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    result TEXT NOT NULL,
    instant INTEGER NOT NULL,
    milliseconds INTEGER NOT NULL,
    status INTEGER,
    reason TEXT
  );
  CREATE INDEX IF NOT EXISTS attempt_by_webhook ON attempt (webhook, number);
  CREATE INDEX IF NOT EXISTS attempt_by_instant ON attempt (instant);

  -- Entries for the audit, until the Desk has them.
  CREATE TABLE IF NOT EXISTS audit_entry (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    instant INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    note TEXT
  );
`;
