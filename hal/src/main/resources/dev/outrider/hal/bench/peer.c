/* What "outrider bench hal" measures Java against: the same calls from C, with nothing around them.
 *
 *   edges CHIP LINE COUNT     reads edges in a bare poll loop; at the end, "kernel seen" in ns for each
 *   stamp COUNT               times gpiomon's lines "seconds.nanoseconds" as they come in; prints the same
 *   toggle CHIP LINE SECONDS  sets a line as fast as it can; prints toggles per second
 *
 * It says "ready" once it listens, and gives up after three seconds without an edge.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/gpio.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static long long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int line(const char *chip, int offset, unsigned long long flags)
{
    struct gpio_v2_line_request request;
    int fd = open(chip, O_RDWR | O_CLOEXEC);
    memset(&request, 0, sizeof request);
    request.offsets[0] = offset;
    request.num_lines = 1;
    request.config.flags = flags;
    request.event_buffer_size = 1024;
    strcpy(request.consumer, "outrider-peer");
    if (fd < 0 || ioctl(fd, GPIO_V2_GET_LINE_IOCTL, &request) < 0) {
        perror(chip);
        exit(2);
    }
    return request.fd;
}

static void print(const long long *stamps, int count)
{
    for (int i = 0; i < count; i++)
        printf("%lld %lld\n", stamps[2 * i], stamps[2 * i + 1]);
}

static int edges(const char *chip, int offset, int wanted)
{
    int count = 0;
    int fd = line(chip, offset,
                  GPIO_V2_LINE_FLAG_INPUT | GPIO_V2_LINE_FLAG_EDGE_RISING | GPIO_V2_LINE_FLAG_EDGE_FALLING);
    long long *stamps = calloc(2 * wanted, sizeof *stamps);
    struct gpio_v2_line_event events[64];
    puts("ready");
    fflush(stdout);
    while (count < wanted) {
        struct pollfd p = {fd, POLLIN, 0};
        if (poll(&p, 1, count ? 3000 : 30000) <= 0)
            break;
        ssize_t bytes = read(fd, events, sizeof events);
        long long seen = now();
        for (int i = 0; i < bytes / (int)sizeof events[0] && count < wanted; i++, count++) {
            stamps[2 * count] = events[i].timestamp_ns;
            stamps[2 * count + 1] = seen;
        }
    }
    print(stamps, count);
    return 0;
}

static int stamp(int wanted)
{
    int count = 0;
    char text[256];
    long long *stamps = calloc(2 * wanted, sizeof *stamps);
    puts("ready");
    fflush(stdout);
    while (count < wanted && fgets(text, sizeof text, stdin)) {
        long long seen = now(), seconds, nanos;
        if (sscanf(text, "%lld.%lld", &seconds, &nanos) != 2)
            continue;
        stamps[2 * count] = seconds * 1000000000LL + nanos;
        stamps[2 * count + 1] = seen;
        count++;
    }
    print(stamps, count);
    return 0;
}

static int toggle(const char *chip, int offset, double seconds)
{
    int fd = line(chip, offset, GPIO_V2_LINE_FLAG_OUTPUT);
    struct gpio_v2_line_values values = {0, 1};
    long count = 0;
    long long begin = now(), end = begin + (long long)(seconds * 1e9);
    while (now() < end)
        for (int i = 0; i < 64; i++) {
            values.bits = count++ & 1;
            if (ioctl(fd, GPIO_V2_LINE_SET_VALUES_IOCTL, &values) < 0) {
                perror("ioctl");
                return 2;
            }
        }
    printf("%.1f\n", count / ((now() - begin) / 1e9));
    return 0;
}

int main(int count, char **words)
{
    if (count == 5 && !strcmp(words[1], "edges"))
        return edges(words[2], atoi(words[3]), atoi(words[4]));
    if (count == 3 && !strcmp(words[1], "stamp"))
        return stamp(atoi(words[2]));
    if (count == 5 && !strcmp(words[1], "toggle"))
        return toggle(words[2], atoi(words[3]), atof(words[4]));
    return 64;
}
