using System.Collections.Concurrent;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending;

namespace HaLong.Notifications.Tests.Support;

/// <summary>What a provider does with one message.</summary>
internal enum Deed
{
    /// <summary>Takes it and says so.</summary>
    Take,

    /// <summary>Takes it; the answer is lost.</summary>
    TakeAndFallSilent,

    /// <summary>Does not get it; the answer is lost.</summary>
    FallSilent,

    /// <summary>Says that it is busy.</summary>
    Busy,

    /// <summary>Will never take it.</summary>
    Refuse,

    /// <summary>Nobody is reached there.</summary>
    BadAddress,

    /// <summary>Its code breaks before it takes it.</summary>
    Break,

    /// <summary>Takes it, and then the process that sent it ends.</summary>
    TakeAndKillSender,

    /// <summary>The process that sends it ends before it has it.</summary>
    KillSender,
}

/// <summary>What it can say afterwards.</summary>
internal enum Memory
{
    /// <summary>Whether it has a message.</summary>
    Knows,

    /// <summary>Nothing, but it takes a key only once.</summary>
    SafeToRepeat,

    /// <summary>Nothing.</summary>
    CannotTell,

    /// <summary>It cannot be asked.</summary>
    Away,
}

/// <summary>A provider that does as told, message by message, and counts what reached people: the engine is tested step by step.</summary>
internal sealed class ScriptedProvider(string name, MessageChannel channel) : IMessageProvider
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Deed>> script = [];

    public string Name => name;

    public MessageChannel Channel => channel;

    public bool IsOn { get; set; } = true;

    public Memory Memory { get; set; } = Memory.Knows;

    /// <summary>A key that it has makes no second message.</summary>
    public bool HonoursKeys { get; set; } = true;

    /// <summary>What it does where nothing else was told.</summary>
    public Deed Otherwise { get; set; } = Deed.Take;

    /// <summary>When it wants to be asked again while it is busy.</summary>
    public TimeSpan? BusyFor { get; set; }

    /// <summary>Runs before each deed, e.g. to hold it up.</summary>
    public Func<OutgoingMessage, Task>? Before { get; set; }

    /// <summary>Runs between taking a message and answering.</summary>
    public Func<OutgoingMessage, Task>? AfterTaking { get; set; }

    /// <summary>What it says when asked, whatever it has; null: by <see cref="Memory"/>.</summary>
    public Func<string, ProviderReport>? Report { get; set; }

    /// <summary>Ends the process that sends.</summary>
    public CancellationTokenSource? Sender { get; set; }

    /// <summary>Everything it was asked to send.</summary>
    public ConcurrentQueue<OutgoingMessage> Calls { get; } = [];

    /// <summary>Keys it was asked about.</summary>
    public ConcurrentQueue<string> Questions { get; } = [];

    /// <summary>What arrived at people.</summary>
    public ConcurrentQueue<OutgoingMessage> Arrived { get; } = [];

    public void Will(string key, params Deed[] deeds) => script[key] = new ConcurrentQueue<Deed>(deeds);

    public int ArrivedOf(string key) => Arrived.Count(m => m.Key == key);

    public int CallsOf(string key) => Calls.Count(m => m.Key == key);

    public string ReferenceOf(string key) => $"{name}-{key}";

    /// <summary>Forgets what it was told, not what it has.</summary>
    public void Reset()
    {
        script.Clear();
        BusyFor = null;
        (IsOn, Memory, HonoursKeys, Otherwise, Before, AfterTaking, Report, Sender) = (true, Memory.Knows, true, Deed.Take, null, null, null, null);
    }

    public async Task<ProviderAnswer> SendAsync(OutgoingMessage message, CancellationToken ct)
    {
        Calls.Enqueue(message);
        if (Before is { } before)
            await before(message);
        var deed = script.TryGetValue(message.Key, out var told) && told.TryDequeue(out var next) ? next : Otherwise;
        switch (deed)
        {
            case Deed.Take or Deed.TakeAndFallSilent or Deed.TakeAndKillSender:
                if (!HonoursKeys || ArrivedOf(message.Key) == 0)
                    Arrived.Enqueue(message);
                if (AfterTaking is { } after)
                    await after(message);
                break;
            case Deed.Break:
                throw new InvalidOperationException("broken");
        }

        if (deed is Deed.KillSender or Deed.TakeAndKillSender)
        {
            await Sender!.CancelAsync();
            ct.ThrowIfCancellationRequested();
        }

        return deed switch
        {
            Deed.Take => new ProviderAnswer.Accepted(ReferenceOf(message.Key)),
            Deed.Busy => new ProviderAnswer.Later("busy", BusyFor),
            Deed.Refuse => new ProviderAnswer.Refused("refused"),
            Deed.BadAddress => new ProviderAnswer.Refused("no such number", BadAddress: true),
            _ => new ProviderAnswer.Unknown("silence"),
        };
    }

    public Task<ProviderReport> FindAsync(string key, DateTimeOffset sentSince, CancellationToken ct)
    {
        Questions.Enqueue(key);
        return Task.FromResult(Report?.Invoke(key) ?? Memory switch
        {
            Memory.Knows => ArrivedOf(key) > 0 ? new ProviderReport.Taken(ReferenceOf(key)) : new ProviderReport.NotKnown(),
            Memory.SafeToRepeat => new ProviderReport.SafeToRepeat(),
            Memory.CannotTell => new ProviderReport.CannotTell(),
            _ => new ProviderReport.Away("down"),
        });
    }
}
