"""The part of the program `xmlsec1` that pysaml2 calls to sign, by the library that the program is made of."""

import sys

import xmlsec
from lxml import etree


def option(name):
    return sys.argv[sys.argv.index(name) + 1]


if "--version" in sys.argv:
    print("xmlsec1 1.3.0 (openssl)")
    sys.exit()

tree = etree.parse(sys.argv[-1])
node_id = option("--node-id")
[node] = [element for element in tree.iter() if element.get("ID") == node_id]
namespace, name = option("--id-attr:ID").rsplit(":", 1)
if node.tag != f"{{{namespace}}}{name}":
    sys.exit(f"{node_id} is a {node.tag}")
xmlsec.tree.add_ids(tree.getroot(), ["ID"])
context = xmlsec.SignatureContext()
context.key = xmlsec.Key.from_file(option("--privkey-pem"), xmlsec.constants.KeyDataFormatPem)
context.sign(xmlsec.tree.find_child(node, xmlsec.constants.NodeSignature))
tree.write(option("--output"), xml_declaration=True, encoding="UTF-8")
