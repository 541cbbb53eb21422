declare module 'snowball-stemmers' {
  namespace snowball {
    interface Stemmer {
      stem(word: string): string;
    }
    function newStemmer(algorithm: string): Stemmer;
    function algorithms(): string[];
  }
  export = snowball;
}
