using HaLong.Notifications.Domain;

namespace HaLong.Notifications.Features.Subscriptions;

/// <summary>A secret as its owner sees it afterwards.</summary>
internal sealed record SecretView(Guid Id, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);

/// <summary>How far the proof of the address is.</summary>
/// <param name="StartedAt">When it began.</param>
/// <param name="ExpiresAt">Until when it is awaited.</param>
/// <param name="Attempts">Validation events so far.</param>
/// <param name="LastError">Why the last one proved nothing.</param>
internal sealed record ProofView(DateTimeOffset StartedAt, DateTimeOffset ExpiresAt, int Attempts, string? LastError);

/// <summary>A subscription as its owner sees it; secrets only in the answers that make them, values of headers never.</summary>
internal sealed record SubscriptionView(
    Guid Id, string Url, IReadOnlyList<string> Types, IReadOnlyList<string> Procedures, IReadOnlyList<string> Fields, IReadOnlyList<string> Units,
    IReadOnlyList<Guid> Subjects, string? Description, IReadOnlyList<string> HeaderNames, SubscriptionState State, string? StateReason, DateTimeOffset? StateSince,
    DateTimeOffset CreatedAt)
{
    /// <summary>Valid secrets, only where one subscription is asked for.</summary>
    public IReadOnlyList<SecretView>? Keys { get; init; }

    public ProofView? Proof { get; init; }

    public static SubscriptionView Of(Subscription s) => new(
        s.Id, s.Url, s.Types, s.Procedures, s.Fields, s.Units, s.Subjects, s.Description, s.HeaderNames, s.State, s.StateReason,
        s.StateSince == default ? null : s.StateSince, s.CreatedAt);

    public static SubscriptionView Of(Subscription s, SubscriptionHealth? health, TimeSpan proofFor, DateTimeOffset now) => Of(s) with
    {
        Keys = [.. s.Secrets.Where(k => k.SignsAt(now)).OrderByDescending(k => k.CreatedAt).Select(k => new SecretView(k.Id, k.CreatedAt, k.ExpiresAt))],
        Proof = !s.IsProved && s.ProofStartedAt is { } started ? new ProofView(started, started + proofFor, health?.Probes ?? 0, health?.ProbeError) : null,
    };
}

/// <summary>A new subscription with the secret that signs its deliveries.</summary>
internal sealed record CreatedSubscriptionView(
    Guid Id, string Url, IReadOnlyList<string> Types, SubscriptionState State, DateTimeOffset CreatedAt, string? Secret);
