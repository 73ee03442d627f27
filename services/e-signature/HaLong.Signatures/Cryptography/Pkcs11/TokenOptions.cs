namespace HaLong.Signatures.Cryptography.Pkcs11;

/// <summary>Section <c>Pki:Token</c>: a PKCS #11 token in which new keys of authorities and seals are made and stay. Empty: keys are kept encrypted in the database.</summary>
internal sealed class TokenOptions
{
    /// <summary>Path of the vendor's library.</summary>
    public string Library { get; set; } = "";

    /// <summary>Label of the token.</summary>
    public string Label { get; set; } = "";

    /// <summary>User PIN.</summary>
    public string Pin { get; set; } = "";

    public bool IsOn => Library.Length > 0;

    public bool IsWhole => Library.Length == 0 || (Label.Length > 0 && Pin.Length > 0);
}
