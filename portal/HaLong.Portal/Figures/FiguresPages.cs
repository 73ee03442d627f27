using HaLong.Portal.Session;

namespace HaLong.Portal.Figures;

/// <summary><c>/figures</c>: what a leader asks; <c>/open-data</c>: what anybody may use.</summary>
internal static class FiguresPages
{
    public static void MapFigures(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/figures").RequireAuthorization(SessionSetup.SignedIn);
        OverviewPage.Map(group);
        IndexPages.Map(group);
        WhatIfPages.Map(group);
        RankingPage.Map(group);
        ReportPages.Map(group);
        SchedulePages.Map(group);
        EvaluationPages.Map(group);
        WaitsPage.Map(group);
        SatisfactionPage.Map(group);
        PortalPages.Map(group);
        OpenDataPage.Map(app);
    }
}
