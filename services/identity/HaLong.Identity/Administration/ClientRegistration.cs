namespace HaLong.Identity.Administration;

/// <summary>
/// A client that administrators manage. Clients without such a row are the platform's own and are kept by its configuration.
/// The row outlives the client: an id is never given to somebody else.
/// </summary>
internal sealed class ClientRegistration
{
    public required string ClientId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required Guid CreatedBy { get; init; }

    public DateTimeOffset ChangedAt { get; private set; }

    public DateTimeOffset? DisabledAt { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>Tokens of the client with a lower epoch are void.</summary>
    public int Epoch { get; private set; }

    /// <summary>What the client may do, put aside while it is disabled: without it, it may do nothing.</summary>
    public string[] Permissions { get; private set; } = [];

    public uint Version { get; private set; }

    public bool IsDisabled => DisabledAt is not null;

    public void Touch(DateTimeOffset now) => ChangedAt = now;

    public void Disable(IEnumerable<string> permissions, DateTimeOffset now)
    {
        (DisabledAt, ChangedAt) = (now, now);
        Permissions = [.. permissions];
        Epoch++;
    }

    public string[] Enable(DateTimeOffset now)
    {
        (DisabledAt, ChangedAt) = (null, now);
        var permissions = Permissions;
        Permissions = [];
        return permissions;
    }

    public void Delete(DateTimeOffset now)
    {
        (DeletedAt, ChangedAt) = (now, now);
        Epoch++;
    }
}
