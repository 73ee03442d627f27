namespace HaLong.Cli.Journey;

/// <summary>A way that a dossier can go, and what its owner and a partner must see of it afterwards: this, in this order, and nothing else.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="What">What happens, in a few words.</param>
/// <param name="Moves">Actions of the timeline.</param>
/// <param name="Events">Public events, without <c>vn.halong.dossier.</c> and version.</param>
/// <param name="Clock">Entries of the deadline's ledger.</param>
/// <param name="Forms">Forms that the owner gets, with their numbers.</param>
/// <param name="Notices">Kinds of the notices, each as often as it comes; they have no order.</param>
/// <param name="Outcome">APPROVED or REFUSED.</param>
internal sealed record JourneyVariant(
    string Name, string What, IReadOnlyList<string> Moves, IReadOnlyList<string> Events, IReadOnlyList<string> Clock, IReadOnlyList<string> Forms,
    IReadOnlyList<string> Notices, string Outcome = "APPROVED")
{
    private static readonly string[] Ready = ["dossier-submitted", "payment-requested", "payment-settled", "dossier-accepted", "dossier-result-ready", "dossier-returned"];

    /// <summary>A result before the promised day is told as early; a refusal, or one after an apology, is not.</summary>
    private static readonly string[] Filed = ["dossier-submitted", "payment-requested", "payment-settled", "dossier-accepted", "dossier-result-early", "dossier-returned"];

    /// <summary>From filing to the signed result without a stop.</summary>
    public static readonly JourneyVariant Plain = new(
        "plain", "from filing to the signed result",
        ["submit", "requestPayment", "pay", "accept", "assign", "approve", "resolve", "return"],
        ["submitted", "fee-paid", "accepted", "processing-started", "approved", "result-ready", "returned"],
        ["start", "stop"], ["RECEIPT 01"], Filed);

    /// <summary>The same, filed by a helper at the citizen's side.</summary>
    public static readonly JourneyVariant Assisted = Plain with { Name = "assisted", What = "a helper files at the citizen's side, with consent" };

    /// <summary>Asked once to complete it at each stage, in one complete list; in handling the limit then runs anew.</summary>
    public static readonly JourneyVariant Supplement = new(
        "supplement", "completed at reception and in handling; the limit runs anew",
        ["submit", "requestPayment", "pay", "requestSupplement", "supplement", "accept", "assign", "requestSupplement", "supplement", "approve", "resolve", "return"],
        ["submitted", "fee-paid", "supplement-requested", "supplemented", "accepted", "processing-started", "supplement-requested", "supplemented", "approved", "result-ready", "returned"],
        ["start", "pause", "restart", "stop"], ["SUPPLEMENT 02", "RECEIPT 01", "SUPPLEMENT 02"],
        [.. Filed, "dossier-supplement-requested", "dossier-supplemented", "dossier-supplement-requested", "dossier-supplemented"]);

    /// <summary>A financial duty falls due in handling: the clock stands until it is paid.</summary>
    public static readonly JourneyVariant Fee = new(
        "fee", "a financial duty in handling; the clock stands until it is paid",
        ["submit", "requestPayment", "pay", "accept", "assign", "requireFee", "payDemand", "approve", "resolve", "return"],
        ["submitted", "fee-paid", "accepted", "processing-started", "fee-due", "fee-paid", "approved", "result-ready", "returned"],
        ["start", "pause", "resume", "stop"], ["RECEIPT 01"], [.. Filed, "dossier-fee-due", "payment-settled"]);

    /// <summary>The agency apologises and gives a new appointment, once.</summary>
    public static readonly JourneyVariant Extension = new(
        "extension", "an apology with a new appointment, once",
        ["submit", "requestPayment", "pay", "accept", "assign", "extend", "approve", "resolve", "return"],
        ["submitted", "fee-paid", "accepted", "processing-started", "deadline-extended", "approved", "result-ready", "returned"],
        ["start", "extend", "stop"], ["RECEIPT 01", "APOLOGY 04"], [.. Ready, "dossier-deadline-extended"]);

    /// <summary>Refused after appraisal; the written refusal is signed and returned.</summary>
    public static readonly JourneyVariant Refusal = new(
        "refusal", "refused after appraisal, with the legal ground",
        ["submit", "requestPayment", "pay", "accept", "assign", "refuse", "resolve", "return"],
        ["submitted", "fee-paid", "accepted", "processing-started", "refused", "result-ready", "returned"],
        ["start", "stop"], ["RECEIPT 01", "REFUSAL 03"], [.. Ready, "dossier-refused"], "REFUSED");

    /// <summary>The fee is paid after its code has ended: nothing is lost and nothing is guessed, an official accepts it.</summary>
    public static readonly JourneyVariant Late = Plain with
    {
        Name = "late",
        What = "the money comes after the code has ended; a cashier accepts it",
        Notices = [.. Filed, "money-case-opened"],
    };

    /// <summary>More is paid than is due: it pays, and what is over goes back.</summary>
    public static readonly JourneyVariant Over = Plain with
    {
        Name = "over",
        What = "too much is paid; what is over goes back",
        Notices = [.. Filed, "money-case-opened", "money-refunded"],
    };

    /// <summary>Refused after it was paid, and the fee is given back.</summary>
    public static readonly JourneyVariant Refund = Refusal with
    {
        Name = "refund",
        What = "refused after payment; two persons give the fee back",
        Notices = [.. Refusal.Notices, "money-refunded"],
    };

    /// <summary>People sign: the citizen the application, the approver the result, in one batch with others, before the unit seals it.</summary>
    public static readonly JourneyVariant Signatures = Plain with
    {
        Name = "signatures",
        What = "the citizen signs the application, the approver several results at once, the unit seals them",
        Moves = ["submit", "requestPayment", "pay", "accept", "assign", "approve", "signByApprover", "resolve", "return"],
    };

    /// <summary>Every one, the plain one first.</summary>
    public static readonly IReadOnlyList<JourneyVariant> All = [Plain, Assisted, Supplement, Fee, Extension, Refusal, Late, Over, Refund, Signatures];
}
