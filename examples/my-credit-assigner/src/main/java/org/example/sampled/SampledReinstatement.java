package org.example.sampled;

import com.google.auto.service.AutoService;
import io.nnem.core.Embedder;
import io.nnem.core.ForwardPass;
import io.nnem.core.RowBuffer;
import io.nnem.core.Scope;
import io.nnem.core.Seeds;
import io.nnem.core.Tensors;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.CreditContext;
import io.nnem.credit.Recollection;
import io.nnem.credit.Reinstatement;
import io.nnem.memory.MemoryStore;
import io.nnem.memory.Slots;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Sampled reinstatement: credit for a few memories in each step, drawn so that nothing is lost on
 * average. Reading uses the stored keys. For credit, {@code k} memories are drawn with replacement,
 * their observations reinstated and embedded anew, and the gradients of their keys applied there. A
 * step embeds at most {@code k} memories again instead of all {@code n}.
 *
 * <p>With {@code w} the weights of the reading ({@code b x n}), {@code g_i = dLoss/dKey_i} and
 * {@code J_i} the derivative of today's embedding of memory {@code i}'s reinstated observation with
 * respect to the parameters, memory {@code i} is drawn with probability {@code p_i}, and the
 * embedder's gradient grows by
 *
 * <pre>{@code
 * p_i   = sum_b w_bi / sum_bj w_bj
 * grad  = sum over the draws i of  J_i' g_i / (k p_i)
 * }</pre>
 *
 * <p><b>What is unbiased.</b> The mean of {@code grad} over the draws, with parameters, memory and
 * batch as they are, is {@code sum_i J_i' g_i}: what {@code approximate-reinstatement} with the
 * same reinstatement adds, to the last memory, for {@code g_i} is 0 where {@code p_i} is (in both
 * normalisations of {@link io.nnem.core.Addressing}). It is the true gradient of what was read as
 * long as the stored keys are what the embedder would write today and the reinstated observations
 * are the original ones; for older memories it has the bias that {@code approximate-reinstatement}
 * has, and no other. Only the gradient is unbiased: Adam and clipping are not linear in it, so that
 * the mean of the updates is not the update of the mean.
 *
 * <p>If {@code k} is at least {@code n}, every memory is taken once and nothing is drawn.
 *
 * <p>The draws of a reading depend on the seed, on the embedder's version and on the weights, to the
 * last bit, and on nothing else. So one reading that is asked for twice draws the same, and there is
 * no random state that a failed step would have to take back, or a checkpoint would have to keep;
 * but two readings, also at one version as in an audit, draw independently.
 */
@AutoService(CreditAssignerProvider.class)
public final class SampledReinstatement implements CreditAssignerProvider {

  /** The option that sets {@code k}; 32 without it. */
  static final String SAMPLED_MEMORIES = "sampled-memories";

  /** For the service loader. */
  public SampledReinstatement() {}

  @Override
  public String name() {
    return "sampled-reinstatement";
  }

  @Override
  public Set<String> optionNames() {
    return Set.of(SAMPLED_MEMORIES);
  }

  @Override
  public boolean reinstates() {
    return true;
  }

  @Override
  public <T> CreditAssigner<T> create(CreditContext<T> context) {
    return new Assigner<>(context);
  }

  private static final class Assigner<T> implements CreditAssigner<T> {

    private final Tensors<T> tensors;
    private final Embedder<T> embedder;
    private final MemoryStore<T> memory;
    private final Reinstatement<T> reinstatement;
    private final long seed;
    private final int draws;
    private final ForwardPass<T> pass;
    private final Scope<T> scope;
    private final RowBuffer<T> gradients;
    private float[] weightBuffer = new float[0];

    Assigner(CreditContext<T> context) {
      this.tensors = context.tensors();
      this.embedder = context.embedder();
      this.memory = context.memory();
      this.reinstatement = context.requireReinstatement();
      this.seed = context.seed();
      this.draws = context.options().integer(SAMPLED_MEMORIES, 32);
      if (draws < 1) {
        throw new IllegalArgumentException(
            "Option " + SAMPLED_MEMORIES + " must be 1 or more, but is " + draws + ".");
      }
      int rows = Math.min(draws, memory.capacity());
      this.pass = embedder.newPass(rows);
      this.scope = tensors.newScope();
      this.gradients = new RowBuffer<>(tensors, scope, rows, memory.keySize());
    }

    @Override
    public Recollection<T> recall(Slots slots) {
      return new Recollection<>(slots, memory.keys(slots));
    }

    @Override
    public void assign(Recollection<T> recalled, T weights, T keyGradient) {
      Slots slots = recalled.slots();
      if (draws >= slots.count()) {
        embedAgain(slots);
        embedder.backward(pass, keyGradient);
        return;
      }
      double[] received = received(weights, slots.count());
      double[] upTo = received.clone();
      for (int i = 1; i < upTo.length; i++) {
        upTo[i] += upTo[i - 1];
      }
      double total = upTo[upTo.length - 1];
      int[] times = draw(upTo, hash(slots.count()));
      int[] drawn = IntStream.range(0, times.length).filter(i -> times[i] > 0).toArray();
      T gradient = gradients.first(drawn.length);
      tensors.gatherRows(keyGradient, drawn, gradient);
      for (int row = 0; row < drawn.length; row++) {
        int i = drawn[row];
        double probability = received[i] / total;
        tensors.scale(times[i] / (draws * probability), tensors.rowRange(gradient, row, row + 1));
      }
      embedAgain(Slots.of(Arrays.stream(drawn).map(slots::get).toArray()));
      embedder.backward(pass, gradient);
    }

    private void embedAgain(Slots slots) {
      embedder.forward(reinstatement.observations(slots, memory.keys(slots)), pass);
    }

    /** How much was read of each memory. */
    private double[] received(T weights, int memories) {
      if (weightBuffer.length < memories) {
        weightBuffer = new float[memories];
      }
      tensors.copyOut(weights, weightBuffer);
      return IntStream.range(0, memories).mapToDouble(i -> weightBuffer[i]).toArray();
    }

    /** Tells one reading from another. */
    private long hash(int size) {
      long hash = 0;
      for (int i = 0; i < size; i++) {
        hash = 31 * hash + Float.floatToIntBits(weightBuffer[i]);
      }
      return hash;
    }

    /** How often each memory is drawn, from the running sums of what the memories received. */
    private int[] draw(double[] upTo, long reading) {
      String purpose = "sampled-reinstatement " + embedder.version() + " " + reading;
      SplittableRandom random = Seeds.random(seed, purpose);
      int[] times = new int[upTo.length];
      for (int i = 0; i < draws; i++) {
        times[firstAbove(random.nextDouble() * upTo[upTo.length - 1], upTo)]++;
      }
      return times;
    }

    private static int firstAbove(double value, double[] ascending) {
      int low = 0;
      int high = ascending.length - 1;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (ascending[middle] > value) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      return low;
    }

    @Override
    public void written(Slots slots, ForwardPass<T> written) {
      reinstatement.written(slots, written.input());
    }

    @Override
    public long retainedBytes() {
      return reinstatement.retainedBytes();
    }

    @Override
    public void close() {
      pass.close();
      scope.close();
    }
  }
}
