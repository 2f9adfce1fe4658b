using DeepGpu.Hardware.Forecasting;
namespace DeepGpu.Forecasts;
internal static class Lab
{
    public static void Dump(string folder)
    {
        var data = new Measurements(folder);
        var times = data.CnnRows(); var products = ProductRow.Read(data);
        var keys = times.Select(r => r.Fold).ToList();
        var fits = keys.Distinct().AsParallel().Select(k => (k, CnnFit.Run([.. times.Where(r => r.Fold != k)], [.. products.Where(p => !times.Any(t => t.Fold == k && t.Card == p.Card))]).Values)).ToDictionary(x => x.k, x => x.Item2);
        using var w = new StreamWriter("/tmp/cnnf-rows.csv");
        w.WriteLine("source,model,task,prec,batch,card,gen,seg,year,group,ms,forecast,compute,memory,launch,opt,host,fwd,flops,elements");
        foreach (var row in times)
        {
            var c = fits[row.Fold]; var work = CnnFit.Work(row).Merged(); var card = CardFigures.Of(row.Card)!;
            var m = new StepTimeModel(work, card, c) { IsChannelsLast = row.IsChannelsLast };
            var t = m.TimeOf(work.Operations[0]);
            var f = row.Seconds * Math.Exp(CnnFit.Residual(row)(c));
            w.WriteLine(FormattableString.Invariant($"{row.Source},{row.Model},{row.Task},{row.Precision},{row.Batch},{row.Card.Name},{row.Generation},{row.Card.Segment},{row.Card.ReleaseDate?.Year},{row.Group.Replace(',',';')},{row.Seconds*1e3:0.###},{f*1e3:0.###},{t.Compute*1e3:0.###},{t.Memory*1e3:0.###},{t.Launch*1e3:0.###},{m.OptimizerSeconds(row.Updates)*1e3:0.###},{m.HostSeconds*1e3:0.###},{work.HostForward},{work.Load.Flops:0.###e0},{work.Load.Elements:0.###e0}"));
        }
    }
}
