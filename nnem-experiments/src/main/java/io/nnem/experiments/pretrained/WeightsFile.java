package io.nnem.experiments.pretrained;

import io.nnem.autoencoder.CodeRanges;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@link Weights} as bytes, big endian: a line with the format, a line with the key, ranges,
 * encoder, decoder, curve, and in the end the SHA-256 of all that.
 */
final class WeightsFile {

  private static final String FORMAT = "nnem-pretrained 1\n";
  private static final int SUM = 32;

  private WeightsFile() {}

  static byte[] write(String key, Weights weights) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes((FORMAT + key + "\n").getBytes(StandardCharsets.US_ASCII));
    file.writeBytes(body(weights));
    file.writeBytes(sha256(file.toByteArray()));
    return file.toByteArray();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if it is anything else, with the reason
   */
  static Weights read(String key, byte[] file) throws IOException {
    byte[] head = (FORMAT + key + "\n").getBytes(StandardCharsets.US_ASCII);
    if (file.length < head.length + SUM) {
      throw new IOException("it is cut off: it has " + file.length + " bytes");
    }
    byte[] content = Arrays.copyOf(file, file.length - SUM);
    byte[] sum = Arrays.copyOfRange(file, file.length - SUM, file.length);
    if (!MessageDigest.isEqual(sha256(content), sum)) {
      throw new IOException("its check sum is not that of its content");
    }
    if (!Arrays.equals(Arrays.copyOf(content, head.length), head)) {
      throw new IOException("it is of another format, or of other settings than its name says");
    }
    try (DataInputStream in =
        new DataInputStream(
            new ByteArrayInputStream(content, head.length, content.length - head.length))) {
      CodeRanges ranges = new CodeRanges(floats(in), floats(in));
      return new Weights(arrays(in), arrays(in), ranges, curve(in));
    }
  }

  static byte[] body(Weights weights) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(weights.ranges().low(), out);
      write(weights.ranges().high(), out);
      for (List<float[]> arrays : List.of(weights.encoder(), weights.decoder())) {
        out.writeInt(arrays.size());
        for (float[] array : arrays) {
          write(array, out);
        }
      }
      out.writeInt(weights.curve().size());
      for (Weights.Point point : weights.curve()) {
        out.writeInt(point.step());
        out.writeUTF(point.split());
        out.writeDouble(point.loss());
        out.writeDouble(point.squaredError());
        out.writeDouble(point.elbo());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("an array cannot be written to", e);
    }
    return bytes.toByteArray();
  }

  private static void write(float[] floats, DataOutputStream out) throws IOException {
    out.writeInt(floats.length);
    for (float value : floats) {
      out.writeFloat(value);
    }
  }

  private static float[] floats(DataInputStream in) throws IOException {
    float[] floats = new float[in.readInt()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = in.readFloat();
    }
    return floats;
  }

  private static List<float[]> arrays(DataInputStream in) throws IOException {
    List<float[]> arrays = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      arrays.add(floats(in));
    }
    return arrays;
  }

  private static List<Weights.Point> curve(DataInputStream in) throws IOException {
    List<Weights.Point> curve = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      curve.add(
          new Weights.Point(
              in.readInt(), in.readUTF(), in.readDouble(), in.readDouble(), in.readDouble()));
    }
    return curve;
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
