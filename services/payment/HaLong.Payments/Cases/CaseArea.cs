namespace HaLong.Payments.Cases;

/// <summary>Table of contents of the desk for money that does not fit.</summary>
internal static class CaseArea
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var cases = app.MapGroup("/api/v1/money-cases").WithTags("Money cases");
        ListCases.Map(cases);
        TakeCase.Map(cases);
        DecideCase.Map(cases);
    }
}
