declare module "idiomorph/dist/idiomorph.esm.js" {
  interface Options {
    callbacks?: {
      beforeAttributeUpdated?: (name: string, node: Element, kind: string) => boolean;
      beforeNodeMorphed?: (node: Node, next: Node) => boolean;
    };
  }
  export const Idiomorph: { morph: (old: Element, next: Element, options?: Options) => Node[] };
}
