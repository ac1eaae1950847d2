package io.nnem.autoencoder.pretraining;

import io.nnem.autoencoder.Decoder;
import io.nnem.core.Parameter;
import io.nnem.core.Scope;
import io.nnem.core.Shapes;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * A decoder that does not forget old keys: beside today's embeddings it learns, in every step, what
 * a teacher makes of keys that are in memory. The teacher is a copy of the decoder as it was a
 * while ago, renewed every so often:
 *
 * <pre>{@code
 * loss = loss(D(f(x); phi), x) + loss(D(k; phi), D(k; phi'))
 * phi' = phi after every r-th update
 * }</pre>
 *
 * It costs a second decoder, and nothing for a memory. What is reported as loss is the first term.
 *
 * @param <T> the matrix type
 */
public final class ReplayingDecoder<T> implements Decoder<T> {

  private final Tensors<T> tensors;
  private final Decoder<T> student;
  private final Decoder<T> teacher;
  private final int renewal;
  private final LongFunction<Optional<T>> keys;
  private long updates;
  private Scope<T> scope;
  private T lessons;

  /**
   * Wraps a decoder; closing this closes neither of the two.
   *
   * @param tensors the back end
   * @param student the decoder that learns
   * @param teacher a decoder of the same architecture, which starts as the student is now
   * @param renewal updates after which the teacher becomes as the student is; 0 for never
   * @param keys the keys to replay, {@code n x embeddingSize}, given the number of updates so far
   *     and depending on it alone for as long as the memory stays; empty for none
   * @throws IllegalArgumentException if the renewal is negative or the decoders differ
   */
  public ReplayingDecoder(
      Tensors<T> tensors,
      Decoder<T> student,
      Decoder<T> teacher,
      int renewal,
      LongFunction<Optional<T>> keys) {
    if (renewal < 0) {
      throw new IllegalArgumentException(
          "The teacher must be renewed after 1 update or more, or 0 for never, but it is "
              + renewal
              + ".");
    }
    if (student.parameters().size() != teacher.parameters().size()) {
      throw new IllegalArgumentException(
          "Student and teacher must be of one architecture, but they have "
              + student.parameters().size()
              + " and "
              + teacher.parameters().size()
              + " parameters.");
    }
    this.tensors = tensors;
    this.student = student;
    this.teacher = teacher;
    this.renewal = renewal;
    this.keys = keys;
    renew();
  }

  private void renew() {
    List<Parameter<T>> from = student.parameters();
    List<Parameter<T>> to = teacher.parameters();
    for (int i = 0; i < from.size(); i++) {
      Shapes.requireLike(
          tensors, "The teacher's parameter", to.get(i).value(), from.get(i).value());
      tensors.copy(from.get(i).value(), to.get(i).value());
    }
  }

  @Override
  public int embeddingSize() {
    return student.embeddingSize();
  }

  @Override
  public int observationSize() {
    return student.observationSize();
  }

  @Override
  public void decode(T embeddings, T out) {
    student.decode(embeddings, out);
  }

  @Override
  public double learn(T embeddings, T observations, T embeddingGradient) {
    double loss = student.learn(embeddings, observations, embeddingGradient);
    keys.apply(updates)
        .ifPresent(
            replayed -> {
              T lesson = room(tensors.rows(replayed));
              teacher.decode(replayed, lesson);
              student.learn(replayed, lesson, null);
            });
    return loss;
  }

  private T room(int rows) {
    if (scope == null || tensors.rows(lessons) != rows) {
      close();
      scope = tensors.newScope();
      lessons = scope.zeros(rows, observationSize());
    }
    return lessons;
  }

  @Override
  public void update() {
    student.update();
    updates++;
    if (renewal > 0 && updates % renewal == 0) {
      renew();
    }
  }

  @Override
  public void clearGradients() {
    student.clearGradients();
  }

  @Override
  public List<Parameter<T>> parameters() {
    return student.parameters();
  }

  @Override
  public void save(StateWriter out) {
    out.longs("updates", updates);
    out.part("student", student);
    out.part("teacher", teacher);
  }

  @Override
  public void load(StateReader in) {
    updates = in.number("updates", 0, Long.MAX_VALUE);
    in.part("student", student);
    in.part("teacher", teacher);
  }

  /** Releases what this allocated; student and teacher stay. */
  @Override
  public void close() {
    if (scope != null) {
      scope.close();
      scope = null;
    }
  }
}
