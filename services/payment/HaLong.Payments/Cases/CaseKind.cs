namespace HaLong.Payments.Cases;

/// <summary>What is wrong with money that came.</summary>
internal enum CaseKind
{
    /// <summary>After the request had lapsed.</summary>
    Late,

    /// <summary>Less than is due.</summary>
    Partial,

    /// <summary>More than is due.</summary>
    Over,

    /// <summary>For what is paid already.</summary>
    Double,

    /// <summary>On another account than asked for.</summary>
    WrongAccount,

    /// <summary>For a dossier that ended without a result.</summary>
    ClosedDossier,

    /// <summary>For what is not asked for yet.</summary>
    NotYetDue,

    /// <summary>Its text names several requests.</summary>
    AmbiguousReference,

    /// <summary>Its text names no request.</summary>
    UnknownPayer,

    /// <summary>No notice told of it; the bank's statement shows it.</summary>
    NotTold,
}

/// <summary>What can be done with it.</summary>
internal enum CaseDecision
{
    /// <summary>It pays its request; what is over is given back.</summary>
    Accept,

    /// <summary>It is kept as a part; the rest is asked for.</summary>
    AskRest,

    /// <summary>It is given back: a refund is opened, which needs two persons.</summary>
    Refund,

    /// <summary>It pays a request that the cashier names.</summary>
    Assign,

    /// <summary>It stays where it is, with evidence of whose it is.</summary>
    Dismiss,
}
