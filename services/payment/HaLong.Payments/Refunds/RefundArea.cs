namespace HaLong.Payments.Refunds;

/// <summary>Table of contents of refunds.</summary>
internal static class RefundArea
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var refunds = app.MapGroup("/api/v1/refunds").WithTags("Refunds");
        ListRefunds.Map(refunds);
        ProposeRefund.Map(refunds);
        NamePayee.Map(refunds);
        ReviewRefund.Map(refunds);
        ConfirmRefund.Map(refunds);
        MakePayout.Map(app.MapGroup("/api/v1/payouts").WithTags("Refunds"));
    }
}
