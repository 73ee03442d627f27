using HaLong.PartnerLab.Dials;

namespace HaLong.PartnerLab.Sms;

/// <summary>What both aggregators do with an SMS that they take: remember it, bring it to the telephone, and lose it as the dials ask.</summary>
internal sealed class SmsNetwork(SmsStore store, SmsBook book, DialBoard dials, TimeProvider clock)
{
    /// <summary>Why an SMS did not arrive, by the value of the dial <c>receiptFailed</c>.</summary>
    public static readonly IReadOnlyList<string> Failures = ["other", "unknownSubscriber", "absent", "blocked", "expired", "filtered"];

    /// <summary>The order, and whether it is a new one: a key that was seen is not sent again.</summary>
    public (SmsOrder Order, bool IsNew) Take(string carrier, string to, string sender, string text, string? key)
    {
        if (key is not null && book.Find(carrier, key) is { } known && dials.Take(carrier + ".forgetKey", to) is null)
            return (known, false);

        var now = clock.GetUtcNow();
        var lost = dials.Take(carrier + ".drop", to) is not null;
        var failure = dials.Take(carrier + ".receiptFailed", to) is { } reason ? Failures[Math.Clamp((int)reason, 0, Failures.Count - 1)] : null;
        var late = TimeSpan.FromMilliseconds(dials.Take(carrier + ".receiptDelay", to) ?? 0);
        var silent = lost || dials.Take(carrier + ".receiptDrop", to) is not null;
        var order = new SmsOrder(Guid.CreateVersion7(now), key, to, now, silent ? null : now + late, failure);
        book.Keep(carrier, order);
        // A drop is taken and never arrives, as with real networks; a duplicate arrives again and again.
        if (!lost && failure is null)
        {
            for (var copies = 1 + (dials.Take(carrier + ".duplicate", to) ?? 0); copies >= 1; copies--)
                store.Add(new SmsMessage(copies > 1 ? Guid.CreateVersion7(now) : order.Id, now, to, sender, text, key, carrier));
        }

        return (order, true);
    }
}
