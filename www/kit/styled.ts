/**
 * `<div ${styled({width: '40%'})}>`: style properties set one by one on the element.
 *
 * A strict Content-Security-Policy refuses style attributes, which is what a template (and the first rendering
 * of Lit's own styleMap) would write.
 */

import { noChange, type ElementPart } from 'lit';
import { Directive, directive, PartType, type PartInfo } from 'lit/directive.js';

class StyledDirective extends Directive {
  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('styled() stands in the tag of an element');
  }

  override update(part: ElementPart, [properties]: [{ [property: string]: string }]): unknown {
    const { element } = part;
    if (!(element instanceof HTMLElement)) throw new Error('styled() stands in the tag of an HTML element');
    const { style } = element;
    for (const [name, value] of Object.entries(properties)) {
      if (style.getPropertyValue(name) !== value) style.setProperty(name, value);
    }
    return noChange;
  }

  render(_properties: { [property: string]: string }): unknown {
    return noChange;
  }
}

export const styled = directive(StyledDirective);
