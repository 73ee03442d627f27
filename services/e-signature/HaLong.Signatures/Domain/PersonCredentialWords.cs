namespace HaLong.Signatures.Domain;

/// <summary>In which capacity a person signs.</summary>
internal enum CredentialKind
{
    /// <summary>For himself.</summary>
    Citizen,

    /// <summary>In a role of a unit.</summary>
    Officer,
}

/// <summary>How long a credential lives.</summary>
internal enum CredentialTerm
{
    /// <summary>A year.</summary>
    Long,

    /// <summary>A quarter of an hour and one order.</summary>
    OneTime,
}

/// <summary>How a credential stands.</summary>
internal enum CredentialState
{
    /// <summary>Asked for; an officer's waits for approval, then for its PIN.</summary>
    Requested,

    /// <summary>May sign.</summary>
    Active,

    /// <summary>May not sign for now (certificateHold).</summary>
    Suspended,

    /// <summary>For ever.</summary>
    Revoked,

    /// <summary>Past its end, or a one-time credential that was used.</summary>
    Expired,

    /// <summary>Another took its place.</summary>
    Superseded,
}

/// <summary>What happened to a credential of a person.</summary>
internal enum PersonCredentialMove
{
    Requested,
    Approved,
    Issued,
    PinChanged,
    Suspended,
    Resumed,
    Revoked,
    Superseded,
    Expired,

    /// <summary>The owner was told that it ends soon.</summary>
    EndWarned,

    /// <summary>The one order of a one-time credential was signed; its key is gone.</summary>
    Used,
}
