namespace HaLong.Signatures.Providers.Links;

/// <summary>What an outside provider calls a person, who said so himself. At SmartCA that is the personal number, so it is kept sealed.</summary>
internal sealed class ProviderLink
{
    private ProviderLink()
    {
    }

    public Guid AccountId { get; private set; }

    public string Provider { get; private set; } = "";

    /// <summary>Box of <see cref="LinkVault"/>.</summary>
    public byte[] SealedUser { get; private set; } = [];

    /// <summary>Of the key that opens the box.</summary>
    public string KeyId { get; private set; } = "";

    public DateTimeOffset LinkedAt { get; private set; }

    /// <summary>Revision for If-Match.</summary>
    public uint Version { get; private set; }

    public static ProviderLink Of(Guid account, string provider, byte[] sealedUser, string keyId, DateTimeOffset now) =>
        new() { AccountId = account, Provider = provider, SealedUser = sealedUser, KeyId = keyId, LinkedAt = now };

    public void Change(byte[] sealedUser, string keyId, DateTimeOffset now) => (SealedUser, KeyId, LinkedAt) = (sealedUser, keyId, now);
}
