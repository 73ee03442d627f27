using HaLong.Notifications.Contacts;
using HaLong.Notifications.Planning;
using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Tests.Planning;

public sealed class DigestSlotsTests
{
    [Theory]
    [InlineData("none", "2026-12-15 10:00", null, null)]
    [InlineData("daily", "2026-12-15 10:00", null, "2026-12-16 07:30")]
    [InlineData("daily", "2026-12-15 07:29", null, "2026-12-15 07:30")]
    [InlineData("daily", "2026-12-15 07:30", null, "2026-12-16 07:30")]
    [InlineData("daily", "2026-12-15 00:10", null, "2026-12-15 07:30")]
    [InlineData("weekly", "2026-12-15 10:00", null, "2026-12-21 07:30")]
    [InlineData("weekly", "2026-12-21 07:00", null, "2026-12-21 07:30")]
    [InlineData("weekly", "2026-12-21 08:00", null, "2026-12-28 07:30")]
    [InlineData("weekly", "2026-12-15 10:00", "2026-12-23 10:00", "2026-12-21 07:30")]
    [InlineData("weekly", "2026-12-15 10:00", "2026-12-18 10:00", "2026-12-16 07:30")] // a week would be too late
    [InlineData("weekly", "2026-12-15 10:00", "2026-12-16 20:00", null)] // and so would be tomorrow
    [InlineData("daily", "2026-12-15 10:00", "2026-12-17 07:30", "2026-12-16 07:30")]
    [InlineData("daily", "2026-12-15 10:00", "2026-12-17 07:29", null)]
    public void What_can_wait_waits_for_the_next_gathering_that_is_not_too_late(string digest, string now, string? deadline, string? slot)
    {
        var contact = Contact.Unknown with { Digest = digest };

        Assert.Equal(slot is null ? null : Local(slot), DigestSlots.Next(Local(now), contact, deadline is null ? null : Local(deadline)));
    }

    private static DateTimeOffset Local(string text)
    {
        var local = DateTime.ParseExact(text, "yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        return LocalTime.Instant(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
    }
}
