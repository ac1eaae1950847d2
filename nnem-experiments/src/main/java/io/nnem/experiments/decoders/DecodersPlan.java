package io.nnem.experiments.decoders;

import io.nnem.autoencoder.DecoderProvider;
import io.nnem.datasets.Dataset;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.plugins.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which decoders are trained, and on how many images. A trial is named {@code DECODER/IMAGES}, as a
 * condition is.
 *
 * @param images how many training images, each a number or {@link #ALL}
 */
public record DecodersPlan(List<String> decoders, List<String> images) {
  /** In place of a number: as many as there are. */
  public static final String ALL = "all";

  public DecodersPlan {
    decoders = List.copyOf(decoders);
    images = List.copyOf(images);
  }

  /** Puts a plan together from what a user wrote; the decoders must be there. */
  public static DecodersPlan of(Catalogue catalogue, List<String> decoders, List<String> images) {
    List<String> problems = new ArrayList<>();
    for (String name : decoders) {
      try {
        catalogue.of(DecoderProvider.class).get(name);
      } catch (IllegalArgumentException e) {
        problems.add("--decoders: " + e.getMessage());
      }
    }
    ConfigException.requireNone(problems);
    return new DecodersPlan(decoders, images);
  }

  /** Each decoder with each number of images, in the order in which it is shown. */
  public List<Condition> conditions() {
    List<Condition> all = new ArrayList<>();
    for (String count : images) {
      decoders.forEach(decoder -> all.add(new Condition(decoder, Optional.of(count))));
    }
    return all;
  }

  public void requireEnough(Dataset training) {
    for (String count : images) {
      if (!count.equals(ALL) && Integer.parseInt(count) > training.size()) {
        throw new ConfigException(
            "--training-images: "
                + count
                + " are asked for, but there are "
                + training.size()
                + " training images; write "
                + ALL
                + " for all of them");
      }
    }
  }

  /** The images that a trial learns from: the first ones. */
  static Dataset images(Condition condition, Dataset training) {
    String count = condition.reinstatement().orElse(ALL);
    return count.equals(ALL) ? training : training.slice(0, Integer.parseInt(count));
  }
}
