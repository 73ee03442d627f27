namespace HaLong.Dossiers.Tests.Model;

/// <summary>
/// Who may do what in which state, said a second time and independently of the service: the states by the events of the status book, and what the
/// house adds to them.
/// </summary>
/// <param name="Event">Event of the status book; empty when the book has none.</param>
/// <param name="Also">States besides those of the book.</param>
/// <param name="Roles">Who may.</param>
internal sealed record ModelRule(string Event, string[] Also, string[] Roles)
{
    /// <summary>An applicant's: being a party to the dossier is no hindrance.</summary>
    public bool OfApplicant { get; init; }

    /// <summary>An officer does it only to what he has himself.</summary>
    public bool Mine { get; init; }

    /// <summary>Never by who has the dossier: four eyes.</summary>
    public bool FourEyes { get; init; }

    /// <summary>Possible between decision and signature.</summary>
    public bool Signing { get; init; }

    public bool In(string state) => Also.Contains(state) || (Event.Length > 0 && StatusBook.Next(state, Event) is not null);

    private static readonly string[] Hand = ["PROCESSING", "WAIT_OPINION", "SUPPLEMENT_PROCESSING", "WAIT_PAYMENT"];
    private static readonly string[] People = ["citizen", "organisation", "delegate", "representative", "helper"];
    private static readonly string[] Supervised = ["officer", "approver", "chief"];

    /// <summary>Filed and not over.</summary>
    public static readonly string[] Filed = [.. StatusBook.States.Where(s => s != "DRAFT" && !StatusBook.IsOver(s))];

    /// <summary>The due date may move.</summary>
    public static readonly string[] Counted = ["ACCEPTED", .. Hand];

    public static readonly IReadOnlyDictionary<string, ModelRule> All = new Dictionary<string, ModelRule>
    {
        ["accept"] = new("accept", [], ["reception"]),
        ["reject"] = new("reject", ["SUPPLEMENT_RECEPTION"], ["reception"]),
        ["requestSupplement"] = new("askSupplement", [], ["reception", "officer"]),
        ["permitSupplement"] = new("", ["SUBMITTED", "PROCESSING"], ["approver", "chief"]) { FourEyes = true },
        ["supplement"] = new("resubmit", [], People) { OfApplicant = true },
        ["forward"] = new("forward", [], ["reception", "chief"]),
        ["assign"] = new("forward", Hand, Supervised),
        ["reassign"] = new("", Hand, Supervised) { Mine = true },
        ["release"] = new("", Hand, Supervised) { Mine = true },
        ["requestOpinion"] = new("askOpinion", ["WAIT_OPINION"], ["officer"]) { Mine = true },
        ["answerOpinion"] = new("opinionReceived", [], ["officer", "approver"]),
        ["closeOpinion"] = new("opinionReceived", [], ["officer", "approver"]) { Mine = true },
        ["requireFee"] = new("requireDuty", ["WAIT_PAYMENT"], ["officer"]) { Mine = true },
        ["reviewClaim"] = new("", ["PROCESSING", "WAIT_PAYMENT"], ["officer"]) { Mine = true },
        ["extend"] = new("extend", ["WAIT_OPINION"], ["approver", "leader"]) { FourEyes = true },
        ["approve"] = new("approve", [], ["approver"]) { FourEyes = true },
        ["refuse"] = new("refuse", [], ["approver"]) { FourEyes = true },
        ["stop"] = new("stop", ["WAIT_OPINION"], ["approver"]) { FourEyes = true },
        ["withdraw"] = new("withdraw", [], People) { OfApplicant = true, Signing = true },
        ["return"] = new("handOver", [], ["reception", "officer"]),
        ["correct"] = new("", ["RETURNED"], ["approver"]) { FourEyes = true },
        ["returnOriginals"] = new("", [.. Counted, "APPROVED", "REFUSED", "STOPPED", "WITHDRAWN"], ["reception", "officer"]) { Signing = true },
        ["note"] = new("", Filed, ["officer", "reception", "approver", "chief", "leader"]) { Signing = true },
        ["chooseUnit"] = new("", Filed, ["chief"]) { Signing = true },
    };
}
