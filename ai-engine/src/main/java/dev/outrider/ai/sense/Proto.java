package dev.outrider.ai.sense;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Protocol buffers, read in place and written field by field. */
final class Proto {
    private Proto() {}

    /**
     * One field.
     *
     * @param bytes the file it lies in
     * @param number as the message's definition has it
     * @param tag where it begins
     * @param from where its content begins
     * @param to where it ends
     */
    @SuppressWarnings("ArrayRecordComponent") // not compared
    record Field(byte[] bytes, int number, int tag, int from, int to) {
        /** A message as a field of another one. */
        static Field of(int number, byte[] message) {
            var out = new Writer();
            out.message(number, message);
            return Message.of(out.bytes()).fields().getFirst();
        }

        Message message() {
            return new Message(bytes, from, to);
        }

        String text() {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }
    }

    /** A message between two places of a file. */
    @SuppressWarnings("ArrayRecordComponent") // not compared
    record Message(byte[] bytes, int from, int to) {
        static Message of(byte[] bytes) {
            return new Message(bytes, 0, bytes.length);
        }

        List<Field> fields() {
            var fields = new ArrayList<Field>();
            var cursor = new Cursor(bytes, from, to);
            while (cursor.at < to) {
                fields.add(cursor.field());
            }
            return fields;
        }

        List<Field> fields(int number) {
            return fields().stream().filter(field -> field.number == number).toList();
        }

        /** The first text of a number, or an empty one. */
        String text(int number) {
            return fields(number).stream().findFirst().map(Field::text).orElse("");
        }

        List<String> texts(int number) {
            return fields(number).stream().map(Field::text).toList();
        }
    }

    private static final class Cursor {
        private final byte[] bytes;
        private final int end;
        private int at;

        Cursor(byte[] bytes, int from, int end) {
            this.bytes = bytes;
            this.end = end;
            at = from;
        }

        Field field() {
            int tag = at;
            long key = varint();
            int number = (int) (key >>> 3);
            int content = at;
            switch ((int) key & 7) {
                case 0 -> varint();
                case 1 -> skip(8);
                case 5 -> skip(4);
                case 2 -> {
                    long length = varint();
                    content = at;
                    skip(length);
                }
                default -> throw damaged();
            }
            return new Field(bytes, number, tag, content, at);
        }

        private void skip(long length) {
            if (length < 0 || length > end - at) {
                throw damaged();
            }
            at += (int) length;
        }

        private long varint() {
            long value = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                if (at >= end) {
                    throw damaged();
                }
                byte next = bytes[at++];
                value |= (next & 127L) << shift;
                if (next >= 0) {
                    return value;
                }
            }
            throw damaged();
        }

        private SenseException damaged() {
            return new SenseException("this ONNX file is damaged at byte " + at);
        }
    }

    /** Writes a message; what is copied stays where it is until the bytes are asked for. */
    static final class Writer {
        private final List<Piece> pieces = new ArrayList<>();
        private long length;

        @SuppressWarnings("ArrayRecordComponent") // not compared
        private record Piece(byte[] bytes, int from, int to) {}

        private void add(byte[] bytes, int from, int to) {
            pieces.add(new Piece(bytes, from, to));
            length += to - from;
        }

        void copy(Field field) {
            add(field.bytes, field.tag, field.to);
        }

        void text(int number, String text) {
            message(number, text.getBytes(StandardCharsets.UTF_8));
        }

        void message(int number, byte[] content) {
            varint(number * 8L + 2);
            varint(content.length);
            add(content, 0, content.length);
        }

        void message(int number, Writer content) {
            varint(number * 8L + 2);
            varint(content.length);
            pieces.addAll(content.pieces);
            length += content.length;
        }

        void number(int number, long value) {
            varint(number * 8L);
            varint(value);
        }

        private void varint(long value) {
            var bytes = new byte[10];
            int n = 0;
            long rest = value;
            while ((rest & ~127L) != 0) {
                bytes[n++] = (byte) ((rest & 127) | 128);
                rest >>>= 7;
            }
            bytes[n++] = (byte) rest;
            add(bytes, 0, n);
        }

        byte[] bytes() {
            if (length > Integer.MAX_VALUE - 8) {
                throw new SenseException("an ONNX file of more than 2 GB");
            }
            var all = new byte[(int) length];
            int at = 0;
            for (Piece piece : pieces) {
                System.arraycopy(piece.bytes, piece.from, all, at, piece.to - piece.from);
                at += piece.to - piece.from;
            }
            return all;
        }
    }
}
