/** What was asked of the recorded connections already. Valid until something else is recorded. */
export class Answers {
  private readonly known = new Map<unknown, Map<unknown, unknown>>();

  /**
   * @param question what is asked, such as the function that asks
   * @param about what it is asked about
   */
  public remember<T>(question: unknown, about: unknown, answer: () => T): T {
    const answers = this.known.get(question) ?? new Map<unknown, unknown>();
    this.known.set(question, answers);
    if (!answers.has(about)) {
      answers.set(about, answer());
    }
    return answers.get(about) as T;
  }

  public forget(): void {
    this.known.clear();
  }
}
