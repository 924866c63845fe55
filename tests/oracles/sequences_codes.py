"""The oracle of modality codes: k-means from given centres, the nearest centres, and the linear auto-encoder.

Writes tests/fixtures/sequences_codes.json. k-means is scikit-learn's (Lloyd's algorithm, one start from given
centres); the auto-encoder is Linear, Sigmoid, Linear with the mean squared error and Adam in PyTorch's form, in
float64 with gradients by hand.

    pip install numpy==2.4.6 scikit-learn==1.9.1
    python tests/oracles/sequences_codes.py

k-means runs until no label changes. The clusters are far enough apart that no point lies near a border, so that single
and double precision agree on every label.

The empty cluster is a convention and not an oracle's: scikit-learn moves an emptied centre to the point that is
farthest from its own centre, taking it out of that cluster. `empty_cluster` is a start of which one centre is nearest
to no point; labels, centres and inertia are scikit-learn's, and a centre moved that way gives the same.
"""

import json
from pathlib import Path

import numpy as np
from sklearn.cluster import KMeans

TARGET = Path(__file__).resolve().parent.parent / "fixtures" / "sequences_codes.json"
ROWS, WIDTH, CLUSTERS = 120, 8, 6
SAMPLES, INPUTS, CODE, STEPS, RATE = 64, 24, 8, 20, 1e-3


def single(values):
    return np.asarray(values).astype(np.float32).astype(np.float64)


def rounded(value, digits=9):
    if isinstance(value, dict):
        return {key: rounded(one, digits) for key, one in value.items()}
    if isinstance(value, np.ndarray):
        return rounded(value.tolist(), digits)
    if isinstance(value, list):
        return [rounded(one, digits) for one in value]
    return float(f"{value:.{digits}g}") if isinstance(value, float) else value


def distances(points, centres):
    return np.sqrt(((points[:, None] - centres[None]) ** 2).sum(2))


def cosine_distances(points, centres):
    return 1 - points @ centres.T / np.outer(np.linalg.norm(points, axis=1), np.linalg.norm(centres, axis=1))


def clustered(points, start):
    model = KMeans(len(start), init=start, n_init=1, tol=0, algorithm="lloyd", max_iter=300).fit(points)
    return model.labels_, model.cluster_centers_, model.inertia_, model.n_iter_


def lloyd(points, start):
    """Plain Lloyd, which must agree; an emptied centre goes to the point farthest from its own centre."""
    centres, labels = start.copy(), None
    while True:
        away = distances(points, centres)
        new = away.argmin(1)
        if labels is not None and (new == labels).all():
            return labels, centres, float((away.min(1) ** 2).sum())
        labels, assigned = new, new.copy()
        for empty in np.setdiff1d(np.arange(len(centres)), assigned):
            farthest = away[np.arange(len(points)), labels].argmax()
            assigned[farthest] = empty
            away[farthest] = 0
        centres = np.array([points[assigned == at].mean(0) for at in range(len(centres))])


def margin(points, centres):
    two = np.sort(distances(points, centres), 1)[:, :2]
    return (two[:, 1] - two[:, 0]).min()


def k_means(random):
    middles = random.normal(0, 2.0, (CLUSTERS, WIDTH))
    points = single(middles[random.integers(0, CLUSTERS, ROWS)] + random.normal(0, 0.9, (ROWS, WIDTH)))
    start = points[random.choice(ROWS, CLUSTERS, replace=False)]
    labels, centres, inertia, iterations = clustered(points, start)
    own_labels, own_centres, own_inertia = lloyd(points, start)
    assert (labels == own_labels).all() and np.allclose(centres, own_centres) and np.isclose(inertia, own_inertia)
    assert margin(points, centres) > 1e-3 and iterations > 3
    order = lambda away: np.argsort(away, 1)[:, :3]
    by_cosine, by_distance = cosine_distances(points, centres), distances(points, centres)
    for away in (by_cosine, by_distance):
        assert np.diff(np.sort(away, 1), axis=1).min() > 1e-6
    far = start.copy()
    far[2] = 50.0
    empty_labels, empty_centres, empty_inertia, _ = clustered(points, far)
    own_labels, own_centres, own_inertia = lloyd(points, far)
    assert (empty_labels == own_labels).all() and np.allclose(empty_centres, own_centres)
    assert len(set(empty_labels.tolist())) == CLUSTERS and margin(points, empty_centres) > 1e-3
    return {
        "points": rounded(points),
        "start": rounded(start),
        "labels": labels.tolist(),
        "centres": rounded(centres),
        "inertia": float(inertia),
        # The three nearest centres of each point, nearest first: the codes of an item at K = 3.
        "nearest_by_cosine": order(by_cosine).tolist(),
        "nearest_by_distance": order(by_distance).tolist(),
        "empty_cluster": {
            "start": rounded(far),
            "labels": empty_labels.tolist(),
            "centres": rounded(empty_centres),
            "inertia": float(empty_inertia),
        },
    }


def auto_encoder(random):
    bound = lambda width: 1 / np.sqrt(width)
    hidden_factors = random.normal(0, 1, (SAMPLES, 4)) @ random.normal(0, 0.5, (4, INPUTS))
    x = single(hidden_factors + random.normal(0, 0.2, (SAMPLES, INPUTS)))
    weights = {
        "encoder.weight": single(random.uniform(-bound(INPUTS), bound(INPUTS), (CODE, INPUTS))),
        "encoder.bias": single(random.uniform(-bound(INPUTS), bound(INPUTS), CODE)),
        "decoder.weight": single(random.uniform(-bound(CODE), bound(CODE), (INPUTS, CODE))),
        "decoder.bias": single(random.uniform(-bound(CODE), bound(CODE), INPUTS)),
    }
    first = {name: one.copy() for name, one in weights.items()}

    def forward(w):
        code = 1 / (1 + np.exp(-(x @ w["encoder.weight"].T + w["encoder.bias"])))
        return code, code @ w["decoder.weight"].T + w["decoder.bias"]

    def gradients(w):
        code, output = forward(w)
        by_output = 2 * (output - x) / x.size
        by_hidden = by_output @ w["decoder.weight"] * code * (1 - code)
        return ((output - x) ** 2).mean(), {
            "encoder.weight": by_hidden.T @ x,
            "encoder.bias": by_hidden.sum(0),
            "decoder.weight": by_output.T @ code,
            "decoder.bias": by_output.sum(0),
        }

    for name, one in weights.items():
        flat = one.reshape(-1)
        for at in (0, flat.size // 2):
            kept, by = flat[at], 1e-6
            ends = []
            for sign in (1, -1):
                flat[at] = kept + sign * by
                ends.append(gradients(weights)[0])
            flat[at] = kept
            assert abs((ends[0] - ends[1]) / (2 * by) - gradients(weights)[1][name].reshape(-1)[at]) < 1e-8, name
    code = forward(weights)[0]
    mean, square, losses = {}, {}, []
    for step in range(1, STEPS + 1):
        loss, found = gradients(weights)
        losses.append(float(loss))
        for name, gradient in found.items():
            mean[name] = 0.9 * mean.get(name, 0) + 0.1 * gradient
            square[name] = 0.999 * square.get(name, 0) + 0.001 * gradient**2
            rate = RATE / (1 - 0.9**step)
            weights[name] -= rate * mean[name] / (np.sqrt(square[name] / (1 - 0.999**step)) + 1e-8)
    return {
        "input": rounded(x),
        "weights": rounded(first),
        "first_code": rounded(code[:3]),
        # The mean over samples and inputs, before each of the full-batch steps of Adam at 1e-3.
        "losses": losses,
        "last_loss": float(gradients(weights)[0]),
        "last_encoder_bias": rounded(weights["encoder.bias"]),
    }


def main():
    random = np.random.default_rng(7)
    written = {"k_means": k_means(random), "auto_encoder": auto_encoder(random)}
    TARGET.write_text(json.dumps(written, separators=(",", ":")) + "\n")
    print(TARGET.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
