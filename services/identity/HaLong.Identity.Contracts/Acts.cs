namespace HaLong.Identity.Contracts;

/// <summary>What somebody can do for somebody else: the words of delegations, assisted sessions and the authoriser.</summary>
public static class Acts
{
    /// <summary>See a dossier with its documents, steps and receipt.</summary>
    public const string DossierRead = "dossier.read";

    /// <summary>Open, fill in, change or delete a draft.</summary>
    public const string DossierFill = "dossier.fill";

    /// <summary>Scan and attach documents to a draft, or take them out.</summary>
    public const string DossierScan = "dossier.scan";

    /// <summary>File the dossier.</summary>
    public const string DossierSubmit = "dossier.submit";

    /// <summary>See what is due and pay it.</summary>
    public const string PaymentPay = "payment.pay";

    /// <summary>See and download the result.</summary>
    public const string ResultRead = "result.read";

    /// <summary>Open an account for the citizen who sits beside the helper. Assisted sessions only.</summary>
    public const string AccountOpen = "account.open";

    /// <summary>Sign. Nobody can be allowed to do this for another: a signature is under its owner's sole control.</summary>
    public const string DossierSign = "dossier.sign";

    /// <summary>What a delegation can give.</summary>
    public static readonly IReadOnlyList<string> OfDelegations = [DossierRead, DossierFill, DossierScan, DossierSubmit, PaymentPay, ResultRead];

    /// <summary>What an assisted session can allow.</summary>
    public static readonly IReadOnlyList<string> OfAssistedSessions = [AccountOpen, DossierRead, DossierFill, DossierScan, DossierSubmit, PaymentPay];

    /// <summary>True when one of the acts given covers the one asked for: who works on a dossier also sees it.</summary>
    public static bool Cover(IEnumerable<string> given, string act) =>
        given.Any(g => g == act || (act == DossierRead && g is DossierFill or DossierScan or DossierSubmit));
}

/// <summary>Why the authoriser refuses.</summary>
public static class RefusalReasons
{
    /// <summary>There is no such delegation, session or representation, or not between these two.</summary>
    public const string Unknown = "unknown";

    /// <summary>It is not accepted or consented to, not yet valid, or over: revoked, ended or expired.</summary>
    public const string NotActive = "notActive";

    /// <summary>It does not cover this act.</summary>
    public const string Act = "act";

    /// <summary>It does not cover this procedure.</summary>
    public const string Procedure = "procedure";

    /// <summary>It does not cover this dossier.</summary>
    public const string Dossier = "dossier";
}
