using System.Text.Json.Nodes;
using HaLong.Cli.Platform;

namespace HaLong.Cli.Journey;

/// <summary>
/// One dossier from filing to its signed result, as outside clients drive it: only the public API behind the gateway, the citizen's bank,
/// mailbox and a partner's endpoint.
/// </summary>
internal sealed partial class DossierJourney(PlatformFile platform, Evidence evidence, SignIns? signIns = null) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri(platform.Gateway), Timeout = TimeSpan.FromSeconds(30) };
    private readonly HttpClient _outside = new() { BaseAddress = new Uri(platform.Simulators["partner-lab"]) };
    private readonly SignIns _signIns = signIns ?? SignIns.At(platform);
    private readonly StepLog _log = new();
    private readonly string _hook = "journey-" + Guid.CreateVersion7().ToString("N")[^12..];
    private string _dossierId = "", _dossierCode = "", _paymentId = "", _secret = "", _subscriptionId = "";

    /// <summary>Which way the dossier goes.</summary>
    public JourneyVariant Variant { get; init; } = JourneyVariant.Plain;

    /// <summary>The steps as they went.</summary>
    public IReadOnlyList<Step> Steps => _log.Steps;

    /// <summary>Id of the dossier once it exists.</summary>
    public string DossierId => _dossierId;

    /// <summary>Called after each step with its name; for tests that break things in between.</summary>
    public Func<string, Task> AfterStep { get; init; } = _ => Task.CompletedTask;

    /// <summary>Runs every step; throws <see cref="JourneyException"/> when one does not hold.</summary>
    public async Task RunAsync()
    {
        await FileAsync();
        if (Variant == JourneyVariant.Supplement)
            await CompleteAtReceptionAsync();
        await StepAsync("reception accepts", AcceptAsync);
        await StepAsync("citizen downloads the receipt", ReceiptAsync);
        await StepAsync("case officer takes it up", AssignAsync);
        if (Variant == JourneyVariant.Supplement)
            await CompleteInHandlingAsync();
        if (Variant == JourneyVariant.Fee)
            await PayInHandlingAsync();
        if (Variant == JourneyVariant.Extension)
            await ExtendAsync();
        if (Signatures)
            await SignAsync();
        else if (Variant.Outcome == "REFUSED")
            await StepAsync("approver refuses with the legal ground", RefuseAsync);
        else
            await StepAsync("approver approves", ApproveAsync);
        await StepAsync("the result is signed", SignedAsync);
        if (Signatures)
            await StepAsync("the other results are signed and sealed", CompanionsSealedAsync);
        await StepAsync("reception returns the result", ReturnAsync);
        await StepAsync("citizen downloads the result", ResultAsync);
        await StepAsync("anybody validates the result", ValidateAsync);
        if (Variant == JourneyVariant.Refund)
            await RefundAsync();
        await LookBackAsync();
        evidence.Save("openapi.json", (await Anybody.GetAsync("/openapi/v1.json")).Json);
        evidence.Save("traces.txt", string.Join('\n', _log.Steps.Select(s => $"{s.TraceId} {s.Duration.TotalMilliseconds:0} ms {s.Name}")) + "\n");
    }

    private async Task FileAsync()
    {
        await StepAsync("partner subscribes", SubscribeAsync);
        await StepAsync("citizen signs in", () => SignInAsync("citizen"));
        var filer = Assisted ? "helper" : "citizen";
        if (Assisted)
        {
            await StepAsync("helper signs in", () => SignInAsync("helper"));
            await StepAsync("helper asks to assist the citizen", OpenAssistedAsync);
            await StepAsync("citizen consents by a code on the own telephone", ConsentAsync);
        }

        await StepAsync(filer + " finds a procedure", FindProcedureAsync);
        await StepAsync(filer + " fills in a draft", DraftAsync);
        if (Signatures)
        {
            await StepAsync("citizen gets a credential and chooses its PIN", CitizenCredentialAsync);
            await StepAsync("citizen signs the application", SignApplicationAsync);
        }

        await StepAsync(filer + " uploads the papers", UploadAsync);
        await StepAsync(filer + " submits", SubmitAsync);
        await StepAsync(filer + " gets the payment request", PaymentAsync);
        if (Variant == JourneyVariant.Late)
            await PayLateAsync();
        else if (Variant == JourneyVariant.Over)
            await PayTooMuchAsync();
        else
            await StepAsync(filer + " pays by VietQR", PayAsync);
        if (Assisted)
            await StepAsync("helper ends the assisted session", EndAssistedAsync);
    }

    private async Task SignAsync()
    {
        await StepAsync("approver gets a credential, the leader approves it", ApproverCredentialAsync);
        await StepAsync("other dossiers come as far", CompanionsAsync);
        await StepAsync("approver approves them all, to be signed", ApproveToSignAsync);
        await StepAsync("approver signs all results at once", SignResultsAsync);
    }

    private async Task LookBackAsync()
    {
        await StepAsync("anybody tracks the code", TrackAsync);
        await StepAsync("citizen reads the notices", NoticesAsync);
        await StepAsync("citizen has the mails", MailsAsync);
        await StepAsync("partner has the events in order", EventsAsync);
        await StepAsync("the timeline tells it all", TimelineAsync);
        await StepAsync("the ledger explains the date", LedgerAsync);
        await StepAsync("citizen reads the forms", FormsAsync);
        await StepAsync("citizen sees who looked", WhoLookedAsync);
        await StepAsync("the national portal shows the end", PortalAsync);
        await StepAsync("the leader's index opens to it", FiguresAsync);
        if (Assisted)
            await StepAsync("citizen sees who helped", WhoHelpedAsync);
    }

    public void Dispose()
    {
        _http.Dispose();
        _outside.Dispose();
    }

    private ApiClient Anybody => new(_http, null, () => _log.TraceId);

    private async Task StepAsync(string name, Func<Task<string>> work)
    {
        await _log.RunAsync(name, work);
        await AfterStep(name);
    }

    private static string Text(JsonNode node, string name) => node[name] is { } value ? value.ToString() : "";
}
