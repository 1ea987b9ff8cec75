declare module "idiomorph/dist/idiomorph.esm.js" {
  interface Options {
    callbacks?: {
      beforeAttributeUpdated?: (name: string, node: Element, kind: string) => boolean;
      beforeNodeMorphed?: (node: Node, next: Node) => boolean;
    };
  }
  export const Idiomorph: { morph: (old: Element, next: Element, options?: Options) => Node[] };
}

/** Trusted Types (W3C), as far as they are used; what a policy makes is as good as the text that it was made of. */
interface Window {
  trustedTypes?: { createPolicy: (name: string, rules: { createHTML: (text: string) => string }) => { createHTML: (text: string) => string } };
}
