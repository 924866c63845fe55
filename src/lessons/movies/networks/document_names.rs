//! What the document's framework calls the tensors of the fusion network, and what the document prints.

/// A tensor of the network by its three names.
pub struct Named {
    /// By the name of the document's layer, as weights files have it.
    pub layer: &'static str,
    /// As Paddle's v2 interface names it when it builds the document's code.
    pub paddle: &'static str,
    /// As the document prints it: its list was made by an older network, in which the five features that are numbers had no
    /// fully connected layer of their own.
    pub printed: Option<&'static str>,
}

const fn named(layer: &'static str, paddle: &'static str, printed: Option<&'static str>) -> Named {
    Named { layer, paddle, printed }
}

/// The 29 tensors in the order of the document's layers. Paddle counts the layers of each kind from 0, in the order in which
/// the code makes them.
pub const TENSORS: [Named; 29] = [
    named("usr_emb", "___embedding_layer_0__.w0", Some("___embedding_layer_0__.w0")),
    named("usr_fc.w", "___fc_layer_0__.w0", None),
    named("usr_fc.b", "___fc_layer_0__.wbias", None),
    named("usr_gender_emb", "___embedding_layer_1__.w0", Some("___embedding_layer_1__.w0")),
    named("usr_gender_fc.w", "___fc_layer_1__.w0", None),
    named("usr_gender_fc.b", "___fc_layer_1__.wbias", None),
    named("usr_age_emb", "___embedding_layer_2__.w0", Some("___embedding_layer_2__.w0")),
    named("usr_age_fc.w", "___fc_layer_2__.w0", None),
    named("usr_age_fc.b", "___fc_layer_2__.wbias", None),
    named("usr_job_emb", "___embedding_layer_3__.w0", Some("___embedding_layer_3__.w0")),
    named("usr_job_fc.w", "___fc_layer_3__.w0", None),
    named("usr_job_fc.b", "___fc_layer_3__.wbias", None),
    named("usr_combined.w0", "___fc_layer_4__.w0", Some("___fc_layer_0__.w0")),
    named("usr_combined.w1", "___fc_layer_4__.w1", Some("___fc_layer_0__.w1")),
    named("usr_combined.w2", "___fc_layer_4__.w2", Some("___fc_layer_0__.w2")),
    named("usr_combined.w3", "___fc_layer_4__.w3", Some("___fc_layer_0__.w3")),
    named("usr_combined.b", "___fc_layer_4__.wbias", Some("___fc_layer_0__.wbias")),
    named("mov_emb", "___embedding_layer_4__.w0", Some("___embedding_layer_4__.w0")),
    named("mov_fc.w", "___fc_layer_5__.w0", None),
    named("mov_fc.b", "___fc_layer_5__.wbias", None),
    named("mov_categories_fc.w", "___fc_layer_6__.w0", Some("___fc_layer_1__.w0")),
    named("mov_categories_fc.b", "___fc_layer_6__.wbias", Some("___fc_layer_1__.wbias")),
    named("mov_title_emb", "___embedding_layer_5__.w0", Some("___embedding_layer_5__.w0")),
    named(
        "mov_title_conv.w",
        "___sequence_conv_pool_0___conv_fc.w0",
        Some("___sequence_conv_pool_0___conv_fc.w0"),
    ),
    named(
        "mov_title_conv.b",
        "___sequence_conv_pool_0___conv_fc.wbias",
        Some("___sequence_conv_pool_0___conv_fc.wbias"),
    ),
    named("mov_combined.w0", "___fc_layer_7__.w0", Some("___fc_layer_2__.w0")),
    named("mov_combined.w1", "___fc_layer_7__.w1", Some("___fc_layer_2__.w1")),
    named("mov_combined.w2", "___fc_layer_7__.w2", Some("___fc_layer_2__.w2")),
    named("mov_combined.b", "___fc_layer_7__.wbias", Some("___fc_layer_2__.wbias")),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// As it stands in the document.
    const PRINTED: &str = "___fc_layer_2__.wbias ___fc_layer_2__.w2 ___embedding_layer_3__.w0 ___embedding_layer_5__.w0 \
        ___embedding_layer_2__.w0 ___embedding_layer_1__.w0 ___fc_layer_1__.wbias ___fc_layer_0__.wbias ___fc_layer_1__.w0 \
        ___fc_layer_0__.w2 ___fc_layer_0__.w3 ___fc_layer_0__.w0 ___fc_layer_0__.w1 ___fc_layer_2__.w1 ___fc_layer_2__.w0 \
        ___embedding_layer_4__.w0 ___sequence_conv_pool_0___conv_fc.w0 ___embedding_layer_0__.w0 \
        ___sequence_conv_pool_0___conv_fc.wbias";

    #[test]
    fn the_names_that_the_document_prints_stand_each_beside_one_tensor() {
        let mut printed: Vec<&str> = PRINTED.split_whitespace().collect();
        let mut ours: Vec<&str> = TENSORS.iter().filter_map(|tensor| tensor.printed).collect();
        printed.sort_unstable();
        ours.sort_unstable();
        assert_eq!(ours, printed);
        let mut paddle: Vec<&str> = TENSORS.iter().map(|tensor| tensor.paddle).collect();
        paddle.sort_unstable();
        paddle.dedup();
        assert_eq!(paddle.len(), TENSORS.len(), "no two tensors have a name");
    }
}
