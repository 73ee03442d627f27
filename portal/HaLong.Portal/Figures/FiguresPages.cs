namespace HaLong.Portal.Figures;

internal static class FiguresPages
{
    public static void MapFigures(this IEndpointRouteBuilder app) => _ = app;
}
