using System.Text.Json;
using Microsoft.Extensions.Options;

namespace HaLong.PartnerLab.Zalo;

/// <summary>One message in somebody's Zalo.</summary>
/// <param name="MsgId">Zalo's id.</param>
/// <param name="TrackingId">The sender's.</param>
/// <param name="Phone">84 and the number.</param>
/// <param name="TemplateId">Which approved text.</param>
/// <param name="Data">What it was filled with.</param>
/// <param name="At">When it arrived; null: it never does.</param>
internal sealed record ZaloMessage(string MsgId, string TrackingId, string Phone, string TemplateId, JsonElement Data, DateTimeOffset? At);

/// <summary>Messages, and the tokens in turn: a refresh token is good once.</summary>
internal sealed class ZaloBook(IOptions<ZaloOptions> options)
{
    private const int Most = 5000;
    private readonly Lock gate = new();
    private readonly LinkedList<ZaloMessage> messages = [];
    private readonly HashSet<string> access = [];
    private string refresh = options.Value.RefreshToken;

    public IReadOnlyList<ZaloMessage> All
    {
        get
        {
            lock (gate)
                return [.. messages];
        }
    }

    /// <summary>How often tokens were given.</summary>
    public int Refreshes { get; private set; }

    /// <summary>The refresh token that is good now.</summary>
    public string Newest
    {
        get
        {
            lock (gate)
                return refresh;
        }
    }

    public void Keep(ZaloMessage message)
    {
        lock (gate)
        {
            messages.AddLast(message);
            if (messages.Count > Most)
                messages.RemoveFirst();
        }
    }

    public void Clear()
    {
        lock (gate)
            messages.Clear();
    }

    public bool Knows(string token)
    {
        lock (gate)
            return access.Contains(token);
    }

    /// <summary>Every access token runs out now.</summary>
    public void Expire()
    {
        lock (gate)
            access.Clear();
    }

    /// <summary>New tokens for a refresh token that was not used yet; null for any other.</summary>
    public (string Access, string Refresh)? Rotate(string given)
    {
        lock (gate)
        {
            if (given != refresh)
                return null;
            Refreshes++;
            refresh = "refresh-" + Guid.CreateVersion7().ToString("N");
            var token = "access-" + Guid.CreateVersion7().ToString("N");
            access.Add(token);
            return (token, refresh);
        }
    }
}
