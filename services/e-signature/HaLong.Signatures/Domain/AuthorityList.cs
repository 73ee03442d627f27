namespace HaLong.Signatures.Domain;

/// <summary>A list of revoked authorities that a root off line signed, carried here by hand.</summary>
internal sealed class AuthorityList
{
    private AuthorityList()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>DER.</summary>
    public byte[] List { get; private set; } = [];

    /// <summary>The list's own number; it grows from list to list (RFC 5280 §5.2.3).</summary>
    public long Number { get; private set; }

    /// <summary>Until when others may rely on it: a new one must be here before.</summary>
    public DateTimeOffset NextUpdate { get; private set; }

    public DateTimeOffset ImportedAt { get; private set; }

    public static AuthorityList Import(byte[] list, long number, DateTimeOffset nextUpdate, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), List = list, Number = number, NextUpdate = nextUpdate, ImportedAt = now };
}
