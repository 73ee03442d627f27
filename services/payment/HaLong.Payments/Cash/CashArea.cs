namespace HaLong.Payments.Cash;

/// <summary>Table of contents of cash at the counter.</summary>
internal static class CashArea
{
    public static void Add(IServiceCollection services) => services
        .AddScoped<TillDesk>().AddScoped<TillBooks>().AddScoped<TakeCash>().AddScoped<DepositArrival>().AddScoped<ShiftWatch>();

    public static void Map(IEndpointRouteBuilder app)
    {
        var shifts = app.MapGroup("/api/v1/till-shifts").WithTags("Cash");
        OpenShift.Map(shifts);
        ListShifts.Map(shifts);
        TillReport.Map(shifts);
        CountTill.Map(shifts);
        ReviewCount.Map(shifts);
        DepositCash.Map(shifts);
        TakeCash.Map(app.MapGroup("/api/v1/payments").WithTags("Cash"));
    }
}
