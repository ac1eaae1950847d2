package io.nnem.experiments.engine;

import io.nnem.core.Option;
import io.nnem.core.Options;
import io.nnem.core.Plugin;
import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.config.ConfigResolver;
import io.nnem.experiments.config.ExperimentConfig;
import java.util.List;
import java.util.Optional;

/**
 * Trials, what they find, and a report of it. Each experiment that is found is a command of nnem:
 * its name is the command's, its {@linkplain #options options} are {@code --NAME VALUE} there,
 * beside those that every experiment has.
 */
public interface Experiment extends Plugin {
  /**
   * What {@code --help} says of it.
   *
   * @return the texts
   */
  Help help();

  /**
   * What is run. The same arguments always give the same job, also in another program.
   *
   * @param config the setting, checked
   * @param options what its options are set to, each of them checked by itself
   * @param parts what jobs are made of
   * @return the job
   * @throws ConfigException if setting and options do not suit each other
   */
  Job job(ExperimentConfig config, Options options, Parts parts);

  /**
   * Its settings to choose from.
   *
   * @return the usual one, then those that have a name; at least one
   */
  default List<Preset> presets() {
    return List.of(Preset.usual(""));
  }

  /**
   * An option whose value may be in a file, which the command then takes as {@code FILE}. It has to
   * be given.
   *
   * @return one of {@link #options}; by default there is none
   */
  default Optional<Option<?>> file() {
    return Optional.empty();
  }

  /**
   * Lays over the user's setting what follows from its options, if anything does.
   *
   * @param resolver puts the setting together
   * @param options what its options are set to
   */
  default void settle(ConfigResolver resolver, Options options) {}

  /**
   * What {@code --help} says.
   *
   * @param header what it does, in a sentence
   * @param description what it does, and what it leaves, in a few
   * @param examples calls, each a line
   */
  record Help(String header, String description, List<String> examples) {
    /** Copies the list. */
    public Help {
      examples = List.copyOf(examples);
    }
  }
}
