package dev.outrider.reason.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.model.Unit;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormalizerTest {

    private final Normalizer normalizer =
            new Normalizer(List.of("goto", "kitchen", "almacén", "loading bay"), Set.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    Hey robot, could you please drive forward two and a half meters? | drive forward 2.5 m
                    go half a meter, then turn a quarter turn left          | go 0.5 m, then turn 90 deg left
                    da media vuelta y avanza metro y medio por favor        | gira 180 deg y avanza 1.5 m
                    turn one hundred and eighty degrees to the right        | turn 180 deg to the right
                    do a one-eighty                                         | turn 180 deg
                    turn a right angle left                                 | turn 90 deg left
                    turn pi/2 radians left                                  | turn 90 deg left
                    wait a minute and 30 seconds                            | wait 90 s
                    wait a minute and a half                                | wait 90 s
                    espera un minuto y veinte segundos                      | espera 80 s
                    avanza dos metros cincuenta                             | avanza 2.5 m
                    avanza uno coma ocho metros                             | avanza 1.8 m
                    go 3 feet 6 inches forward                              | go 1.067 m forward
                    drive twenty-five cm                                    | drive 0.25 m
                    move 1 1/2 m                                            | move 1.5 m
                    avanza tres cuartos de metro                            | avanza 0.75 m
                    si la batería baja del veinte por ciento, vuelve        | si la batería baja del 20%, vuelve
                    go to the second room                                   | go to the second room
                    wait one second                                         | wait 1 s
                    the red one                                             | the red one
                    trun lfet ninty degress                                 | turn left 90 deg
                    avansa dos metrs a la isquierda                         | avanza 2 m a la izquierda
                    go to the kithcen                                       | go to the kitchen
                    buelve al almasen                                       | vuelve al almacen
                    koje eso y ve pa'lante                                  | coge eso y ve para adelante
                    paraaa                                                  | para
                    drive 1,000 meters                                      | drive 1000 m
                    el niño duerme en la mesa                               | el niño duerme en la mesa
                    """)
    void bringsASentenceToNormalForm(String said, String normal) {
        assertThat(normalizer.normal(said)).isEqualTo(normal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    say "two and a half, please" and wait two seconds       | say "two and a half, please" and wait 2 s
                    say dinner at eight                                     | say dinner at eight
                    di viva México tres veces                               | di viva México 3 veces
                    say good morning and turn left ninety degrees           | say good morning and turn left 90 deg
                    tell everyone that it is two o'clock, then wait 2 secs  | tell everyone that it is two o'clock, then wait 2 s
                    """)
    void leavesWhatIsToBeSaidAlone(String said, String normal) {
        assertThat(normalizer.normal(said)).isEqualTo(normal);
    }

    @Test
    void keepsTheUnitThatTheRobotDeclares() {
        Normalizer inCentimeters = new Normalizer(List.of(), Set.of(Unit.CENTIMETER));

        assertThat(inCentimeters.normal("advance half a metre")).isEqualTo("advance 50 cm");
        assertThat(inCentimeters.normal("advance 20 cm")).isEqualTo("advance 20 cm");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "?",
                "¿¿¿",
                "\"",
                "''",
                "1/0",
                "½½½",
                "and a half",
                "y",
                "-",
                "﷽",
                "\u0000",
                "1.2.3.4,5,6",
                "media",
                "un",
                "say",
                "di"
            })
    void takesWhateverIsTyped(String said) {
        assertThat(normalizer.normal(said)).isNotNull();
    }

    @Test
    void takesALongLineOfAnything() {
        String line = "siete mil and a half foot, no di ¿por favor? ".repeat(90);

        assertThat(normalizer.normal(line)).isNotEmpty();
    }
}
