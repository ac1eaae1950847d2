/**
 * Data sets and streams of training batches.
 *
 * <p>{@link io.nnem.datasets.Datasets} is the way in: {@code Datasets.mnist()} gives MNIST, which
 * is inside this jar, {@code Datasets.named} worlds made of it, and {@code Datasets.folder(path)}
 * reads a folder of IDX files, which an {@link io.nnem.datasets.IdxWriter} makes of data of one's
 * own. All return a {@link io.nnem.datasets.Split} of three {@link io.nnem.datasets.Dataset}s. A
 * {@link io.nnem.datasets.BatchStream} says which observations make up the next training batch.
 *
 * <p>{@link io.nnem.datasets.GeneratedStreams} makes {@link io.nnem.datasets.LabelledStream}s that
 * have no end.
 *
 * <p>{@link io.nnem.datasets.Csv} reads a {@link io.nnem.datasets.Table} of numbers and labels.
 *
 * <pre>{@code
 * Split mnist = Datasets.mnist();
 * Dataset training = mnist.training();
 * BatchStream stream = new BatchStream(training.size(), seed);
 * int[] batch = new int[16];
 * float[] observations = new float[batch.length * training.observationSize()];
 * float[] values = new float[batch.length * training.classes()];
 * while (learning) {
 *   stream.next(batch);
 *   training.copyObservations(batch, 0, batch.length, observations);
 *   training.copyOneHot(batch, 0, batch.length, values);
 * }
 * }</pre>
 */
package io.nnem.datasets;
