using System.Linq.Expressions;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Reconciliation;

/// <summary>Table of contents of reconciliation, and who may look into it.</summary>
internal static class ReconciliationArea
{
    private static readonly string[] Readers = [Roles.Cashier, Roles.Leader, Roles.Auditor];

    public static void Add(IServiceCollection services) => services
        .AddScoped<ImportStatement>().AddScoped<StatementStore>().AddScoped<Reconciler>().AddScoped<ReconciliationWatch>();

    public static void Map(IEndpointRouteBuilder app)
    {
        ImportStatement.Map(app);
        ListFiles.Map(app);
        var runs = app.MapGroup("/api/v1/reconciliations").WithTags("Reconciliation");
        RunReconciliation.Map(runs);
        ListReconciliations.Map(runs);
        ListLines.Map(runs);
        ExplainLine.Map(runs);
    }

    /// <summary>Why the caller may not look; nothing when he may.</summary>
    public static Error? Refusal(Caller caller) => Readers.Any(caller.IsInRole) ? null : ReconciliationErrors.NotReader;

    /// <summary>Lines that the caller may see: those of his unit and of nobody known; auditors see all.</summary>
    public static Expression<Func<ReconciliationLine, bool>> Visible(Caller caller)
    {
        var unit = caller.Unit;
        return caller.IsInRole(Roles.Auditor) ? _ => true : l => l.UnitCode == null || l.UnitCode == unit;
    }
}
