/** The strength that the secret EDITOR_TOKEN must have. Pure. */

// 24 characters of base64 hold 144 bits, more than anybody can try (NIST SP 800-63B, section 3.1.2.2, asks for 112).
const MIN_LENGTH = 24;

/**
 * The command that prints a token of 256 bits. It runs unchanged in every shell that has Node: bash, PowerShell and
 * cmd.
 */
export const MAKE_TOKEN = `node -p "crypto.randomBytes(32).toString('base64url')"`;

/** Whether a token is so short that it could be guessed. */
export function isGuessable(token: string): boolean {
  return token.length < MIN_LENGTH;
}

/** Tells an owner that the token is too short. */
export const GUESSABLE = `EDITOR_TOKEN has fewer than ${MIN_LENGTH} characters and opens nothing: it could be guessed. This prints a good one: ${MAKE_TOKEN}`;
