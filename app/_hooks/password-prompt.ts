/** Shows a dialog; true if the password was entered and is right. */
type Prompt = () => Promise<boolean>;

let prompt: Prompt | null = null;

/** Makes a dialog the one that asks; the returned function takes it back. */
export function offerPasswordPrompt(own: Prompt): () => void {
  prompt = own;
  return () => {
    if (prompt === own) prompt = null;
  };
}

/** False where the user cancels, or there is no dialog. */
export const askForPassword: Prompt = async () => (prompt ? prompt() : false);
