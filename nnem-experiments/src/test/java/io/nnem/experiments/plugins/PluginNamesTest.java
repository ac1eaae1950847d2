package io.nnem.experiments.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.experiments.config.ConfigResolver;
import io.nnem.experiments.config.ConfigRule.Violation;
import io.nnem.experiments.config.ExperimentConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class PluginNamesTest {
  private final PluginNames names = new PluginNames(Catalogue.load());

  @Test
  void thePapersConditionsAreThere() {
    assertThat(check("backend=reference")).isEmpty();
  }

  @Test
  void aNameThatIsNotThereIsReportedWithThoseThatAre() {
    assertThat(check("backend=referense", "conditions=none,exact-reinstatment/decoded"))
        .satisfiesExactly(
            text ->
                assertThat(text)
                    .startsWith("backend: There is no backend called 'referense'. There are: ")
                    .endsWith("Did you mean 'reference'?"),
            text ->
                assertThat(text)
                    .startsWith(
                        "conditions: exact-reinstatment/decoded: There is no credit assigner"
                            + " called 'exact-reinstatment'.")
                    .endsWith("Did you mean 'exact-reinstatement'?"));
  }

  @Test
  void aConditionMustSayWhereObservationsComeFromIfItNeedsAny() {
    assertThat(
            check(
                "backend=reference",
                "conditions=exact-reinstatement,none/decoded,exact-reinstatement/guessed"))
        .satisfiesExactly(
            text ->
                assertThat(text)
                    .isEqualTo(
                        "conditions: exact-reinstatement: it must say where observations come"
                            + " from: exact-reinstatement/code or exact-reinstatement/decoded or"
                            + " exact-reinstatement/stored"),
            text ->
                assertThat(text)
                    .isEqualTo("conditions: none/decoded: none reinstates nothing; write none"),
            text -> assertThat(text).contains("There is no reinstatement called 'guessed'."));
  }

  @Test
  void aCodeNeedsTrainingBeforehand() {
    assertThat(check("backend=reference", "conditions=none,exact-reinstatement/code"))
        .containsExactly(
            "conditions: exact-reinstatement/code needs an autoencoder that is trained beforehand,"
                + " but pretrain-steps is 0; set it, to 3000 for example");
    assertThat(
            check(
                "backend=reference",
                "conditions=none,exact-reinstatement/code",
                "options.code-bits=8",
                "pretrain-steps=1"))
        .isEmpty();
  }

  @Test
  void aDecoderThatIsFixedTrainsNoEmbedder() {
    assertThat(
            check(
                "backend=reference",
                "decoder-learning=fixed",
                "reconstruction-trains-embedder=true"))
        .containsExactly(
            "decoder-learning is \"fixed\", but reconstruction-trains-embedder is true: only a"
                + " decoder that learns can train the embedder; change one of them");
  }

  @Test
  void leastCertainNeedsADecoderThatSaysHowCertainItIs() {
    assertThat(check("backend=reference", "eviction=least-certain"))
        .containsExactly(
            "eviction is \"least-certain\", which goes by how uncertain a decoder is of each"
                + " memory, but decoder \"autoencoder\" does not say; set decoder to"
                + " variational-autoencoder, or choose another eviction policy");
    assertThat(
            check(
                "backend=reference",
                "eviction=least-certain",
                "decoder=variational-autoencoder",
                "options.score-budget=0"))
        .isEmpty();
  }

  @Test
  void theControlWithoutAMemoryIsACondition() {
    assertThat(check("backend=reference", "conditions=none,classifier")).isEmpty();
    assertThat(check("backend=reference", "conditions=classifier/decoded"))
        .containsExactly("conditions: classifier/decoded: it reinstates nothing; write classifier");
  }

  @Test
  void anObjectiveThatTrainsNoDecoderIsForTheEncoder() {
    assertThat(
            check(
                "backend=reference", "pretrain-objective=transformation", "decoder-learning=fixed"))
        .containsExactly(
            "pretrain-objective is \"transformation\", but pretrain-steps is 0, so that nothing is"
                + " trained; set it, to 3000 for example",
            "pretrain-objective is \"transformation\", which trains the embedder and no decoder,"
                + " but pretrained-parts is \"both\"; set it to encoder",
            "pretrain-objective is \"transformation\", which trains no decoder, but"
                + " decoder-learning is \"fixed\": the decoder would never learn; set it to"
                + " continued");
    assertThat(
            check(
                "backend=reference",
                "pretrain-objective=transformation",
                "pretrained-parts=encoder",
                "pretrain-steps=1"))
        .isEmpty();
  }

  @Test
  void aBadValueOfAnOptionIsReportedBeforeAnythingBegins() {
    assertThat(
            check(
                "backend=reference",
                "options.nearest-k=none",
                "options.transport-every=0",
                "freshening=transport",
                "conditions=none+recall=nearest,synthetic-gradient+options.synthetic-hidden=8;4"))
        .containsExactly(
            "conditions: synthetic-gradient+options.synthetic-hidden=8;4: options.synthetic-hidden:"
                + " it must be whole numbers separated by commas, each 1 or more, but it is '8;4'",
            "options.nearest-k: it must be a whole number, 1 or more, but it is 'none'",
            "options.transport-every: it must be a whole number, 1 or more, but it is '0'");
  }

  @Test
  void anOptionThatNoPluginInUseKnowsIsReported() {
    assertThat(check("backend=reference", "options.synthetc-hidden=3"))
        .containsExactly(
            "options.synthetc-hidden: none of the plug-ins in use has such a setting; they have"
                + " credit-budget, synthetic-applied, synthetic-hidden, synthetic-learning-rate");
  }

  @Test
  void pluginsOfAConditionsOwnAreLookedFor() {
    assertThat(
            check(
                "backend=reference",
                "conditions=none+embedder=random-projecton,none+eviction=fifo+decoder=autoencodr"))
        .satisfiesExactly(
            text ->
                assertThat(text)
                    .startsWith(
                        "conditions: none+embedder=random-projecton: embedder: There is no embedder"
                            + " called 'random-projecton'.")
                    .endsWith("Did you mean 'random-projection'?"),
            text ->
                assertThat(text)
                    .startsWith(
                        "conditions: none+eviction=fifo+decoder=autoencodr: decoder: There is no"
                            + " decoder called 'autoencodr'."));
    assertThat(check("backend=reference", "conditions=none+embedder=random-projection")).isEmpty();
  }

  /** Every kind that a key names, and its options. */
  @Test
  void memoryAndFresheningAreLookedFor() {
    assertThat(
            check(
                "backend=reference",
                "store=fixed",
                "eviction=fifa",
                "recall=nearst",
                "freshening=never",
                "conditions=none,none+freshening=round-robbin"))
        .satisfiesExactly(
            text -> assertThat(text).startsWith("store: There is no memory store called 'fixed'."),
            text ->
                assertThat(text)
                    .startsWith("eviction: There is no eviction policy called 'fifa'.")
                    .endsWith("Did you mean 'fifo'?"),
            text ->
                assertThat(text)
                    .startsWith("recall: There is no recall called 'nearst'. There are: all, ")
                    .endsWith("Did you mean 'nearest'?"),
            text ->
                assertThat(text)
                    .startsWith(
                        "freshening: There is no key refresher called 'never'. There are: drift,"
                            + " round-robin, transport."),
            text ->
                assertThat(text)
                    .startsWith(
                        "conditions: none+freshening=round-robbin: freshening: There is no key"
                            + " refresher called 'round-robbin'.")
                    .endsWith("Did you mean 'round-robin'?"));
    assertThat(
            check(
                "backend=reference",
                "conditions=none,none+recall=nearest+options.nearest-k=3+eviction=class-balanced"
                    + "+freshening=drift+freshening-on-reading=true"))
        .isEmpty();
    assertThat(check("backend=reference", "options.nearest-k=3", "freshening=transport"))
        .containsExactly(
            "options.nearest-k: none of the plug-ins in use has such a setting; they have"
                + " credit-budget, synthetic-applied, synthetic-hidden, synthetic-learning-rate,"
                + " transport-every");
    assertThat(check("backend=reference", "options.transport-every=3", "freshening=transport"))
        .isEmpty();
  }

  @Test
  void settingsOfItsOwnAreWhatAConditionIsCheckedWith() {
    assertThat(
            check(
                "backend=reference",
                "conditions=none,exact-reinstatement/code+pretrain-steps=5+options.code-bits=8"))
        .isEmpty();
    assertThat(
            check(
                "backend=reference",
                "pretrain-steps=5",
                "conditions=exact-reinstatement/code+pretrain-steps=0,none+decoder-learning=fixed"
                    + "+reconstruction-trains-embedder=true,none+options.code-bits=8"
                    + ",synthetic-gradient+options.synthetc-hidden=8"))
        .satisfiesExactly(
            text ->
                assertThat(text)
                    .isEqualTo(
                        "conditions: none+options.code-bits=8: options.code-bits: none of its"
                            + " plug-ins has such a setting; they have none"),
            text ->
                assertThat(text)
                    .isEqualTo(
                        "conditions: synthetic-gradient+options.synthetc-hidden=8:"
                            + " options.synthetc-hidden: none of its plug-ins has such a setting;"
                            + " they have synthetic-applied, synthetic-hidden,"
                            + " synthetic-learning-rate"),
            text ->
                assertThat(text)
                    .startsWith("conditions: exact-reinstatement/code+pretrain-steps=0 needs an"),
            text ->
                assertThat(text)
                    .startsWith(
                        "conditions: none+decoder-learning=fixed+reconstruction-trains-embedder=true"
                            + ": decoder-learning is \"fixed\", but"));
  }

  private List<String> check(String... settings) {
    ConfigResolver resolver = new ConfigResolver("");
    for (String setting : settings) {
      resolver.set(setting);
    }
    ExperimentConfig config = resolver.resolve();
    return names.check(config).stream().map(Violation::text).toList();
  }
}
