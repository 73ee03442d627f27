using HaLong.Dossiers.Filing.Checks;
using HaLong.Dossiers.Filing.Codes;
using HaLong.Dossiers.Filing.Counter;
using HaLong.Dossiers.Filing.Duplicates;
using HaLong.Dossiers.Filing.Keys;
using HaLong.Dossiers.Filing.Placing;
using HaLong.Dossiers.Filing.Receipts;
using HaLong.Dossiers.Filing.Reform;
using HaLong.Dossiers.Reuse;
using HaLong.Identity.V1;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Filing;

/// <summary>Filing: checks, codes, receipts, duplicates, the counter, and which unit a dossier belongs to.</summary>
internal static class FilingArea
{
    public static void AddFiling(this WebApplicationBuilder builder)
    {
        builder.AddGrpcClient<UnitHistory.UnitHistoryClient>("identity");
        builder.AddOptions<FilingOptions>(FilingOptions.Section)
            .Validate(o => o.AgencyCodes.All(a => a.IsValid), "Filing:AgencyCodes must name a unit (or *) and an agency code such as 000.00.01.H49 or H49.01.")
            .Validate(o => o.UnitSweep > TimeSpan.Zero, "Filing:UnitSweep must be longer than nothing.");
        builder.AddSigningKeys();
        var connection = builder.Configuration.GetConnectionString("dossier-db") ?? "Host=localhost";
        var services = builder.Services;
        services.AddSingleton(_ => new CodeBlocks(connection)).AddScoped<DossierCodes>();
        // In this order defects are told.
        services.AddScoped<ISubmissionCheck, ProcedureCheck>().AddScoped<ISubmissionCheck, UnitCheck>().AddScoped<ISubmissionCheck, ComponentCheck>().AddScoped<ISubmissionCheck, ReuseHints>().AddScoped<ISubmissionCheck, FormFieldsCheck>()
            .AddScoped<ISubmissionCheck, FileCheck>().AddScoped<ISubmissionCheck, PreflightCheck>().AddScoped<ISubmissionCheck, FeeCheck>()
            .AddScoped<DuplicateCheck>().AddScoped<ISubmissionCheck>(s => s.GetRequiredService<DuplicateCheck>());
        services.AddScoped<DuplicateFinder>().AddScoped<ListDuplicates>();
        services.AddScoped<ReceiptWriter>().AddScoped<GetSubmissionReceipt>();
        services.AddScoped<PlacementRouter>().AddScoped<PlaceDossier>().AddScoped<OpenAtCounter>().AddScoped<ListReceived>();
        services.AddScoped<OpenUnits>().AddScoped<ListUnitChoices>().AddScoped<ChooseUnit>();
        services.AddSingleton<UnitSweep>().AddHostedService(s => s.GetRequiredService<UnitSweep>());
    }

    public static void MapFiling(IEndpointRouteBuilder app, IEndpointRouteBuilder dossiers, IEndpointRouteBuilder inbox)
    {
        OpenAtCounter.Map(dossiers);
        PlaceDossier.Map(dossiers);
        ListDuplicates.Map(dossiers);
        GetSubmissionReceipt.Map(dossiers);
        ChooseUnit.Map(dossiers);
        ListReceived.Map(inbox);
        ListUnitChoices.Map(inbox);
        GetVerificationKeys.Map(app);
    }
}
