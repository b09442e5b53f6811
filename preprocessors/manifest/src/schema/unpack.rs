//! Reads `data/schemas.bin`, which `examples/generate-schemas.rs` writes.
//!
//! The file is deflated. Numbers are varints: seven bits a byte, the lowest first, the high bit says that more follow.
//! 1. The length of all texts, then the texts, parted by line breaks. From here on a text is its number.
//! 2. The types: a tag, then for a definition its number, for a list or a map the number of a type before it,
//!    for a choice the number of texts and the texts.
//! 3. The definitions: name, releases, number of fields; each field: name, `type << 2 | own releases << 1 | required`,
//!    and its releases where they are not those of the definition.
//! 4. The kinds: group, version, kind, definition, `namespaced << 1 | named`, releases.
//! 5. The other names of kinds: kind, number of names, names.
//!
//! Releases are one byte: the first and the last, counted from 1.29, four bits each.

use super::{Definition, DefinitionId, Kind, Property, Releases, Schema, Spelling, Type, TypeId};

pub(super) static PACKED: &[u8] = include_bytes!("../../data/schemas.bin");

/// Panics where the file is no such file: it is a part of the program, and every test reads it.
pub(super) fn schema() -> Schema {
    let bytes = miniz_oxide::inflate::decompress_to_vec(PACKED).expect("the schemas are deflated");
    // Read once and kept for as long as the program runs, so that names need no owner.
    let mut reader = Reader {
        bytes: Vec::leak(bytes),
        texts: Vec::new(),
    };
    let length = reader.number();
    reader.texts = reader.text(length).split('\n').collect();
    let types = reader.many(Reader::of);
    let mut properties = Vec::new();
    let definitions = reader.many(|reader| reader.definition(&mut properties));
    let kinds = reader.many(Reader::kind);
    let spellings = reader.many(|reader| Spelling {
        kind: reader.name(),
        others: reader.many(Reader::name),
    });
    Schema {
        types,
        definitions,
        properties,
        kinds,
        spellings,
    }
}

struct Reader {
    bytes: &'static [u8],
    texts: Vec<&'static str>,
}

impl Reader {
    fn byte(&mut self) -> u8 {
        let (byte, rest) = self.bytes.split_first().expect("the schemas are whole");
        self.bytes = rest;
        *byte
    }

    fn number(&mut self) -> usize {
        let mut number = 0;
        for shift in (0..).step_by(7) {
            let byte = self.byte();
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        number
    }

    fn small(&mut self) -> u16 {
        self.number() as u16
    }

    fn text(&mut self, length: usize) -> &'static str {
        let (text, rest) = self.bytes.split_at(length);
        self.bytes = rest;
        str::from_utf8(text).expect("the names are text")
    }

    fn many<T>(&mut self, mut read: impl FnMut(&mut Reader) -> T) -> Vec<T> {
        (0..self.number()).map(|_| read(self)).collect()
    }

    fn name(&mut self) -> &'static str {
        let number = self.number();
        self.texts[number]
    }

    fn releases(&mut self) -> Releases {
        let byte = self.byte();
        Releases::between(byte >> 4, byte & 0xf)
    }

    fn of(&mut self) -> Type {
        match self.byte() {
            0 => Type::String,
            1 => Type::Bool,
            2 => Type::Int32,
            3 => Type::Int64,
            4 => Type::Number,
            5 => Type::Bytes,
            6 => Type::Time,
            7 => Type::IntOrString,
            8 => Type::Quantity,
            10 => Type::Object,
            11 => Type::Definition(DefinitionId(self.small())),
            12 => Type::List(TypeId(self.small())),
            13 => Type::Map(TypeId(self.small())),
            14 => Type::Choice(self.many(Reader::name)),
            _ => Type::Any,
        }
    }

    fn definition(&mut self, properties: &mut Vec<Property>) -> Definition {
        let name = self.name();
        let releases = self.releases();
        let start = properties.len() as u16;
        properties.extend(self.many(|reader| reader.property(releases)));
        Definition {
            name,
            releases,
            properties: start..properties.len() as u16,
        }
    }

    fn property(&mut self, of_definition: Releases) -> Property {
        let name = self.name();
        let number = self.number();
        let releases = if number & 2 == 0 {
            of_definition
        } else {
            self.releases()
        };
        Property {
            name,
            of: TypeId((number >> 2) as u16),
            required: number & 1 == 1,
            releases,
        }
    }

    fn kind(&mut self) -> Kind {
        let (group, version, kind) = (self.name(), self.name(), self.name());
        let definition = DefinitionId(self.small());
        let flags = self.byte();
        Kind {
            group,
            version,
            kind,
            definition,
            releases: self.releases(),
            named: flags & 1 == 1,
        }
    }
}
