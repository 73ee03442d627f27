using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Session;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.MoneyDesk;

/// <summary><c>/money</c>: money that does not fit, refunds by two persons, reconciliation, the ledger.</summary>
internal static class MoneyPages
{
    public static void MapMoneyDesk(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/money").RequireAuthorization(SessionSetup.SignedIn);
        group.MapGet("", Begin);
        CasePages.Map(group);
        RefundPages.Map(group);
        PayoutPages.Map(group);
        ReconciliationPages.Map(group);
        LedgerPages.Map(group);
    }

    /// <summary>Cases are decided by cashiers; who is not one begins with what is his.</summary>
    private static IResult Begin(HttpContext context) => Pages.Go(
        context.User.IsInRole(Roles.Cashier) ? "/money/cases"
        : context.User.IsInRole(Roles.Auditor) ? "/money/reconciliation"
        : "/money/refunds");
}

/// <summary>One of a list that can only be asked for page by page.</summary>
internal static class InList
{
    private const int PageSize = 100, MostPages = 20;

    /// <param name="api">Whom to ask.</param>
    /// <param name="path">The list.</param>
    /// <param name="isIt">Which one.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<Answer<T>> FindAsync<T>(ApiClient api, string path, Func<T, bool> isIt, CancellationToken ct)
        where T : class
    {
        string? after = null;
        for (var page = 0; page < MostPages; page++)
        {
            var list = await api.GetAsync<Listed<T>>(Query.Of(path, ("limit", $"{PageSize}"), ("after", after)), ct);
            if (list.Value is not { } found)
                return new Answer<T>(list.Status, null, list.Trouble, null);
            if (found.Items.FirstOrDefault(isIt) is { } one)
                return new Answer<T>(list.Status, one, null, null);
            if (found.After is null)
                break;
            after = found.After;
        }

        return new Answer<T>(System.Net.HttpStatusCode.NotFound, null, new Trouble(null, null, null, null), null);
    }
}
