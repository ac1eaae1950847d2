package org.example.sampled;

import com.google.auto.service.AutoService;
import io.nnem.core.Embedder;
import io.nnem.core.ForwardPass;
import io.nnem.core.GrowingRows;
import io.nnem.core.Option;
import io.nnem.core.Seeds;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.CreditContext;
import io.nnem.credit.RecalledKeys;
import io.nnem.credit.Reinstatement;
import io.nnem.memory.Memory;
import io.nnem.memory.Slots;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sampled reinstatement: credit for a few memories in each step, drawn so that nothing is lost on
 * average. Reading uses the stored keys. For credit, {@code k} of the {@code n} memories are drawn
 * with replacement, and only these are reinstated and embedded again.
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
 * <p>Its mean over the draws is {@code sum_i J_i' g_i}, which is what {@code
 * approximate-reinstatement} adds ({@code g_i} is 0 where {@code p_i} is). If {@code k} is at least
 * {@code n}, every memory is taken once and nothing is drawn.
 */
@AutoService(CreditAssignerProvider.class)
public final class SampledReinstatement implements CreditAssignerProvider {

  static final Option<Integer> SAMPLED_MEMORIES =
      Option.integer("sampled-memories", 32, "draws of a memory in each step")
          .where(draws -> draws >= 1, "1 or more");

  @Override
  public String name() {
    return "sampled-reinstatement";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(SAMPLED_MEMORIES);
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
    private final Memory<T> memory;
    private final Reinstatement<T> reinstatement;
    private final long seed;
    private final int draws;
    private final ForwardPass<T> pass;
    private final GrowingRows<T> keys;
    private final GrowingRows<T> drawnKeys;
    private final GrowingRows<T> observations;
    private final GrowingRows<T> gradients;
    private long steps; // what is drawn depends on it, so it is saved
    private int readings; // of this step

    Assigner(CreditContext<T> context) {
      tensors = context.tensors();
      embedder = context.embedder();
      memory = context.memory();
      reinstatement = context.requireReinstatement();
      seed = context.seed();
      draws = context.options().get(SAMPLED_MEMORIES);
      pass = embedder.newPass(Math.min(draws, memory.capacity()));
      keys = new GrowingRows<>(tensors, memory.keySize());
      drawnKeys = new GrowingRows<>(tensors, memory.keySize());
      observations = new GrowingRows<>(tensors, embedder.observationSize());
      gradients = new GrowingRows<>(tensors, memory.keySize());
    }

    @Override
    public RecalledKeys<T> recall(Slots slots) {
      return new RecalledKeys<>(slots, memory.keys(slots, keys));
    }

    @Override
    public void assign(RecalledKeys<T> recalled, T weights, T keyGradient) {
      Slots slots = recalled.slots();
      if (draws >= slots.count()) {
        backward(slots, keyGradient);
        return;
      }
      double[] received = new double[slots.count()];
      tensors.copyOut(weights, received);
      double total = 0;
      for (double each : received) {
        total += each;
      }
      int[] times = draw(received, total);
      int[] drawn = IntStream.range(0, times.length).filter(i -> times[i] > 0).toArray();
      T gradient = gradients.first(drawn.length);
      tensors.gatherRows(keyGradient, drawn, gradient);
      for (int row = 0; row < drawn.length; row++) {
        int i = drawn[row];
        double probability = received[i] / total;
        tensors.scale(times[i] / (draws * probability), tensors.rowRange(gradient, row, row + 1));
      }
      backward(slots.at(drawn), gradient);
    }

    /** How often each memory is drawn: how many of the points fall on its share of the total. */
    private int[] draw(double[] received, double total) {
      String reading = "sampled-reinstatement " + steps + "/" + readings++;
      double[] points = Seeds.random(seed, reading).doubles(draws, 0, total).sorted().toArray();
      int[] times = new int[received.length];
      int next = 0;
      double upTo = 0;
      for (int i = 0; i < times.length; i++) {
        upTo += received[i];
        for (; next < draws && points[next] < upTo; next++) {
          times[i]++;
        }
      }
      return times;
    }

    private void backward(Slots slots, T gradient) {
      T stored = memory.keys(slots, drawnKeys);
      embedder.forward(reinstatement.observations(slots, stored, observations), pass);
      embedder.backward(pass, gradient);
    }

    @Override
    public void update() {
      steps++;
      readings = 0;
    }

    @Override
    public void discard() {
      readings = 0;
    }

    @Override
    public void save(StateWriter out) {
      out.longs("steps", steps);
    }

    @Override
    public void load(StateReader in) {
      steps = in.number("steps", 0, Long.MAX_VALUE);
    }

    @Override
    public long retainedBytes() {
      return reinstatement.retainedBytes();
    }

    @Override
    public void close() {
      pass.close();
      keys.close();
      drawnKeys.close();
      observations.close();
      gradients.close();
    }
  }
}
