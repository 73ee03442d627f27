using System.Security.Cryptography;
using System.Text;
using HaLong.Messaging;
using HaLong.Payments.NationalPortal;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Reconciliation;

/// <summary>Takes over a bank's statement, or a provider's report: as a whole or not at all, once.</summary>
internal sealed class ImportStatement(
    PaymentDbContext db, StatementStore store, Caller caller, IOptionsMonitor<BankOptions> bank, IOptions<BeneficiaryOptions> accounts)
{
    private static readonly string[] Xml = ["application/xml", "text/xml"];

    public static void Map(IEndpointRouteBuilder app)
    {
        Describe(app.MapGroup("/api/v1/statements").MapPost("/", (string? provider, ImportStatement handler, HttpContext http, CancellationToken ct) =>
                handler.HandleAsync(FileKind.Statement, provider, http, ct)), "ImportStatement", "Take over a bank statement: CSV, or camt.053 001.02 and 001.08")
            .WithDescription("Cashiers of a unit that collects on this account. provider is the bank whose notices tell of the same money. All faults are told at once, by line. "
                + "The same file again has the same answer.")
            .Accepts<string>("text/csv", Xml);
        Describe(app.MapGroup("/api/v1/provider-reports").MapPost("/", (string? provider, ImportStatement handler, HttpContext http, CancellationToken ct) =>
                handler.HandleAsync(FileKind.ProviderReport, provider, http, ct)), "ImportProviderReport", "Take over a provider's report of its transactions: CSV")
            .WithDescription("Cashiers. As for statements.")
            .Accepts<string>("text/csv");
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string name, string summary) => route
        .WithName(name)
        .WithTags("Reconciliation")
        .WithSummary(summary)
        .Produces<FileView>(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .WithMetadata(new DisableRequestSizeLimitAttribute())
        .RequireAuthorization(Policies.Cashier);

    private async Task<IResult> HandleAsync(FileKind kind, string? provider, HttpContext http, CancellationToken ct)
    {
        if (provider is null || !(bank.CurrentValue.Providers.ContainsKey(provider) || (kind == FileKind.ProviderReport && provider == PortalOptions.Provider)))
            return ReconciliationErrors.UnknownProvider.WithField("provider", "Tên nhà cung cấp.", "Name of a provider.").ToProblem();
        var received = await ImportFile.ReceiveAsync(http.Request, ct);
        if (!received.IsSuccess)
            return received.Error.ToProblem();
        await using var file = received.Value;
        return await Idempotency.RunAsync(db, http, SHA256.HashData([.. file.Sha256, .. Encoding.UTF8.GetBytes($"{http.Request.Path}{http.Request.QueryString}")]), async () =>
        {
            var draft = Read(kind, provider, file, http.Request.ContentType ?? "");
            if (!draft.IsSuccess)
                return draft.Error.ToProblem();
            var taken = await store.TakeAsync(kind, provider, Scope(kind, provider, draft.Value), file.Hash, draft.Value, caller, ct);
            return taken.Match(f => TypedResults.Created("/api/v1/statements", FileView.Of(f)));
        });
    }

    private Result<StatementDraft> Read(FileKind kind, string provider, ImportFile file, string type)
    {
        var faults = new Faults();
        var draft = kind == FileKind.ProviderReport ? CsvStatement.ReadReport(file.Open(), faults)
            : type.StartsWith("text/csv", StringComparison.OrdinalIgnoreCase) ? CsvStatement.ReadStatement(file.Open(), faults)
            : CamtStatement.Read(file.Open(), faults);
        draft?.Check(faults);
        if (draft is null || faults.Any)
            return faults.ToError();
        if (kind == FileKind.ProviderReport)
            return draft.Account == provider ? draft : ReconciliationErrors.WrongSource;
        var own = accounts.Value.For(caller.Unit ?? "");
        return draft.Account == own.Account && (draft.Bin ?? own.Bin) == own.Bin ? draft : ReconciliationErrors.NotYourAccount;
    }

    private string Scope(FileKind kind, string provider, StatementDraft draft) =>
        kind == FileKind.ProviderReport ? provider : $"{accounts.Value.For(caller.Unit ?? "").Bin}:{draft.Account.ToUpperInvariant()}";
}
