use super::*;

const NODES: usize = 4;

fn edges() -> Vec<Edge> {
    [(0, 0, 0), (0, 1, 1), (0, 2, 2), (1, 1, 0), (2, 0, 3), (2, 2, 0), (3, 3, 0), (3, 0, 1)]
        .map(|(node, neighbour, relation)| Edge { node, neighbour, relation })
        .to_vec()
}

fn numbers<const R: usize>(shape: [usize; R], seed: usize) -> TensorData {
    let count = shape.iter().product();
    let values: Vec<f32> =
        (0..count).map(|at: usize| ((at * 37 + seed * 11) % 23) as f32 / 11.5 - 1.0).collect();
    TensorData::new(values, shape)
}

fn inputs(device: &Device) -> [Tensor<2>; 5] {
    let of = |shape, seed| Tensor::from_data(numbers(shape, seed), device);
    let keep = [[1.0], [0.0], [1.25], [1.0], [1.25], [1.0], [1.0], [1.25]];
    [of([NODES, 3], 1), of([NODES, 3], 2), of([4, 3], 3), of([NODES, 2], 4), Tensor::from_data(keep, device)]
}

fn flex<const D: usize>(tensor: Tensor<D>) -> OnCpu {
    OnCpu::from_data(tensor.into_data())
}

fn whole<const D: usize>(tensor: Tensor<D, Int>) -> IntTensor<Flex> {
    IntTensor::<Flex>::from_data(tensor.into_data())
}

fn close(one: OnCpu, other: OnCpu, what: &str) {
    let [one, other] = [one, other].map(|tensor| values(&tensor.to_contiguous()).to_vec());
    assert_eq!(one.len(), other.len(), "{what}");
    for (one, other) in one.into_iter().zip(other) {
        assert!((one - other).abs() < 1e-5, "{what}: {one} {other}");
    }
}

#[test]
fn the_kernel_is_the_composed_operation() {
    let device = Device::flex();
    let Edges { edges, groups, there, .. } = Edges::new(&edges(), NODES, &device);
    let given = || inputs(&device).map(flex);
    let [queries, keys, relations, of_values, keep] = given();
    let (heard, attention) = Flex::attended(
        queries,
        keys,
        relations,
        of_values,
        keep,
        whole(edges.clone()),
        whole(groups.clone()),
        flex(there.clone()),
        0.1,
    );
    let [queries, keys, relations, of_values, keep] = given();
    let (expected, expected_attention) = composed::attended::<Flex>(
        queries,
        keys,
        relations,
        of_values,
        keep,
        &whole(edges.clone()),
        whole(groups),
        flex(there),
        0.1,
    );
    close(heard, expected, "what is heard");
    close(attention.clone(), expected_attention, "attention");

    let gradient = || flex(Tensor::<2>::from_data(numbers([NODES, 2], 7), &device));
    let [queries, keys, relations, of_values, keep] = given();
    let found = Flex::attended_backward(
        queries,
        keys,
        relations,
        of_values,
        keep,
        whole(edges.clone()),
        attention.clone(),
        gradient(),
        0.1,
    );
    let expected = composed::attended_backward::<Flex>(given(), &whole(edges), attention, gradient(), 0.1);
    close(found.0, expected.0, "queries");
    close(found.1, expected.1, "keys");
    close(found.2, expected.2, "relations");
    close(found.3, expected.3, "values");
}

#[test]
fn gradients_go_through_the_operation_to_all_that_it_is_computed_from() {
    let device = Device::flex().autodiff();
    let edges = Edges::new(&edges(), NODES, &device);
    let [queries, keys, relations, of_values, keep] = inputs(&device);
    let tracked = [queries, keys, relations, of_values].map(Tensor::require_grad);
    let [queries, keys, relations, of_values] = tracked.clone();
    let of = Attention { queries, keys, relations, values: of_values, keep, slope: 0.1 };
    let (heard, attention) = attend(of, &edges);
    let weights = Tensor::from_data(numbers([NODES, 2], 7), &device);
    let gradients = (heard * weights.clone()).sum().backward();
    let [queries, keys, relations, of_values, keep] = inputs(&Device::flex()).map(flex);
    let expected = composed::attended_backward::<Flex>(
        [queries, keys, relations, of_values, keep],
        &whole(edges.edges),
        flex(attention),
        flex(weights),
        0.1,
    );
    let expected = [expected.0, expected.1, expected.2, expected.3];
    for (tensor, expected) in tracked.iter().zip(expected) {
        close(flex(tensor.grad(&gradients).unwrap()), expected, "through autodiff");
    }
}

#[test]
#[should_panic(expected = "an edge for each node, in their order")]
fn a_node_without_an_edge_is_refused() {
    let _ = Edges::new(&edges()[..6], NODES, &Device::flex());
}
