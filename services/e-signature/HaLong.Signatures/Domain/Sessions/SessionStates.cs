namespace HaLong.Signatures.Domain.Sessions;

/// <summary>How a session stands. Only an open one waits for anything.</summary>
internal enum SessionState
{
    /// <summary>Somebody has still to sign.</summary>
    Open,

    /// <summary>Everybody has signed every document.</summary>
    Completed,

    /// <summary>A signer said no, with a reason.</summary>
    Refused,

    /// <summary>The deadline passed.</summary>
    Expired,

    /// <summary>Whoever made it took it back.</summary>
    Cancelled,
}

/// <summary>What ends a session.</summary>
internal enum SessionMove
{
    Complete,
    Refuse,
    Expire,
    Cancel,
}

/// <summary>How one signer stands.</summary>
internal enum SignerState
{
    /// <summary>Has not looked yet, or it is not his turn.</summary>
    Waiting,

    /// <summary>Was shown at least one document in his turn.</summary>
    Viewing,

    /// <summary>An order for his signatures is under way.</summary>
    Signing,

    /// <summary>Signed every document.</summary>
    Signed,

    /// <summary>Said no.</summary>
    Refused,

    /// <summary>The last order brought no signature; he may begin again while the session is open.</summary>
    Failed,
}

/// <summary>What happens to a signer.</summary>
internal enum SignerMove
{
    /// <summary>Is shown a document.</summary>
    View,

    /// <summary>Begins to sign.</summary>
    Begin,

    /// <summary>Has signed some documents, and others remain.</summary>
    Continue,

    /// <summary>Has signed all documents.</summary>
    Finish,

    /// <summary>The order brought no signature.</summary>
    Fail,

    /// <summary>Says no.</summary>
    Refuse,
}
